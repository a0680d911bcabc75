"""Charts and maps as SVG drawn on the server: numbers and dates in, a picture out, no rows known.

A picture is marked up for those who do not see it by the component that shows it; its colours
come from the classes of ``picture.css``, so that it works in dark, in print and mirrored.
"""
