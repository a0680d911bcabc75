"""The agendas of November 2015, item by item, after report.az of 21 November 2015; one invented.

The source lists what is on each agenda, not the numbers of the items: those follow its order.
"""

from __future__ import annotations

from typing import Any

from .world import texts

PLAN = texts(
    "Draft action plan and budget for 2016-2018",
    "Projet de plan d'action et de budget 2016-2018",
    "مشروع خطة العمل والموازنة للسنوات 2016-2018",
    "2016-2018-ci illər üçün fəaliyyət planı və büdcə layihəsi",
)
EVALUATION = texts(
    "Evaluation: report of the Director General for 2010-2012 and progress report for 2013-2015",
    "Évaluation : rapport du Directeur général 2010-2012 et rapport d'étape 2013-2015",
    "التقييم: تقرير المدير العام للسنوات 2010-2012 والتقرير المرحلي للسنوات 2013-2015",
    "Qiymətləndirmə: Baş direktorun 2010-2012-ci illər hesabatı və 2013-2015-ci illər aralıq hesabatı",
)
FINANCE = texts("Finance", "Finances", "الشؤون المالية", "Maliyyə")
REST = "The text of the source that was read breaks off here; further items are not known."
CHARTER_NOTE = (
    "Named among the items of the two sessions of November 2015; on which of the two agendas it"
    " stands, and which articles it is about, is not known."
)


def item(
    titles: dict[str, str], number: str, question: str = "default", note: str = ""
) -> dict[str, Any]:
    """What ``propose_item`` takes."""
    return {"titles": titles, "number": number, "question": question, "note": note}


CONFERENCE: tuple[dict[str, Any], ...] = (
    item(PLAN, "1", "budget"),
    item(texts("Report of the Director General on the activities of 2012-2014", "Rapport du Directeur général sur les activités de 2012-2014", "تقرير المدير العام عن أنشطة السنوات 2012-2014", "Baş direktorun 2012-2014-cü illərin fəaliyyəti haqqında hesabatı"), "2"),
    item(EVALUATION, "3"),
    item(FINANCE, "4"),
    item(texts("Financial report and closing accounts, 2012-2014", "Rapport financier et comptes de clôture, 2012-2014", "التقرير المالي وحسابات الإقفال، 2012-2014", "Maliyyə hesabatı və yekun hesablar, 2012-2014"), "4.1", "budget"),
    item(texts("Report of the audit company, 2012-2014", "Rapport de la société d'audit, 2012-2014", "تقرير شركة تدقيق الحسابات، 2012-2014", "Audit şirkətinin hesabatı, 2012-2014"), "4.2", "budget"),
    item(texts("Report of the Financial Control Committee, 2012-2014", "Rapport du Comité de contrôle financier, 2012-2014", "تقرير لجنة المراقبة المالية، 2012-2014", "Maliyyə Nəzarəti Komitəsinin hesabatı, 2012-2014"), "4.3", "budget"),
    item(texts("Contributions of Member States to the budget, 2012-2014", "Contributions des États membres au budget, 2012-2014", "مساهمات الدول الأعضاء في الموازنة، 2012-2014", "Üzv dövlətlərin büdcəyə üzvlük haqları, 2012-2014"), "4.4", "budget"),
    item(texts("Administrative and legal matters: amendments, regional offices", "Questions administratives et juridiques : amendements, bureaux régionaux", "الشؤون الإدارية والقانونية: التعديلات والمكاتب الإقليمية", "İnzibati və hüquqi məsələlər: düzəlişlər, regional bürolar"), "5"),
    item(texts("Report of the Executive Council between the eleventh and twelfth sessions", "Rapport du Conseil exécutif entre les onzième et douzième sessions", "تقرير المجلس التنفيذي بين الدورتين الحادية عشرة والثانية عشرة", "İcraiyyə Şurasının on birinci və on ikinci sessiyalar arasında hesabatı"), "6"),
    item(texts("Election of the Director General", "Élection du Directeur général", "انتخاب المدير العام", "Baş direktorun seçilməsi"), "7", "election"),
    item(texts("Membership of the Executive Council", "Composition du Conseil exécutif", "اعتماد أعضاء المجلس التنفيذي", "İcraiyyə Şurasının tərkibi"), "8", "election"),
    item(texts("Date and venue of the next session", "Date et lieu de la prochaine session", "موعد الدورة المقبلة ومكانها", "Növbəti sessiyanın vaxtı və yeri"), "9"),
)  # fmt: skip

COUNCIL: tuple[dict[str, Any], ...] = (
    item(PLAN, "1", "budget"),
    item(texts("Report of the Director General on the activities of 2014", "Rapport du Directeur général sur les activités de 2014", "تقرير المدير العام عن أنشطة عام 2014", "Baş direktorun 2014-cü ilin fəaliyyəti haqqında hesabatı"), "2"),
    item(EVALUATION, "3"),
    item(texts("Financial report of the Director General", "Rapport financier du Directeur général", "التقرير المالي للمدير العام", "Baş direktorun maliyyə hesabatı"), "4", "budget", REST),
    item(texts("Amendments to the charter", "Amendements à la charte", "تعديلات الميثاق", "Nizamnaməyə düzəlişlər"), "5", "charter", CHARTER_NOTE),
)  # fmt: skip

AHEAD: tuple[dict[str, Any], ...] = (
    item(texts("Opening and adoption of the agenda", "Ouverture et adoption de l'ordre du jour", "الافتتاح واعتماد جدول الأعمال", "Açılış və gündəliyin qəbulu"), "1", "procedure"),
    item(texts("Training of young people in technology", "Formation des jeunes aux technologies", "تدريب الشباب على التقنية", "Gənclərin texnologiya üzrə hazırlanması"), "2"),
    item(texts("Contributions of Member States", "Contributions des États membres", "مساهمات الدول الأعضاء", "Üzv dövlətlərin üzvlük haqları"), "3", "budget"),
    item(texts("Date and venue of the next session", "Date et lieu de la prochaine session", "موعد الدورة المقبلة ومكانها", "Növbəti sessiyanın vaxtı və yeri"), "4"),
)  # fmt: skip
