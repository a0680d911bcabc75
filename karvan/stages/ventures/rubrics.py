"""By what a jury marks: the assessment of the boot camp, which the demo day uses again."""

from __future__ import annotations

from typing import Any

from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

SCALE = [0, 5]


def pitch_rubric(activity: Activity) -> dict[str, Any]:
    """The rubric of an activity's jury: its assessments, or those of the camp that feeds it.

    A course is fed by a camp (``admits_from``) and its jury hears the same ventures by the
    same measure, so that admission and demo day can be compared.
    """
    document = activity_document(activity)
    camp_code = document.get("admits_from")
    if camp_code:
        camp = Activity.objects.filter(edition=activity.edition_id, code=camp_code).first()
        if camp is not None:
            document = activity_document(camp)
    criteria = [
        {"code": one["code"], "title": one.get("title", one["code"]), "weight": one["weight"]}
        for one in document.get("assessment", [])
        if one.get("weight")
    ]
    return {"scale": SCALE, "criteria": criteria}
