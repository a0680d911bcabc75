"""A photograph on paper has its marks where the screen shows them, whatever its size."""

import io

import pytest
from PIL import Image

from karvan.stages.dossiers.drawing.marks import ACROSS, Mark
from karvan.stages.dossiers.drawing.paper_photo import paper_photo


def picture(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return io.BytesIO(out.getvalue())


@pytest.mark.parametrize(("width", "height"), [(1800, 1200), (300, 200)])
def test_marks_lie_at_their_shares_of_the_picture(width, height):
    svg = paper_photo(picture(width, height), [Mark(1, "box", 0.25, 0.5, 0.5, 0.25)])

    down = ACROSS * 2 / 3
    assert f'viewBox="0 0 {ACROSS} {down:.0f}"' in svg
    box = f'<rect x="{ACROSS / 4:.1f}" y="{down / 2:.1f}" width="{ACROSS / 2:.1f}"'
    assert box in svg and ">1</text>" in svg


def test_what_is_no_picture_is_refused():
    with pytest.raises(OSError, match="identify"):
        paper_photo(io.BytesIO(b"text"), [])
