"""Invented papers of the symposium in Agadir: country, track, language, title; and their sentences."""

from __future__ import annotations

PAPERS = (
    ("MA", "mobility", "fr", "Attendre le bus à Agadir : une année de comptages"),
    ("AZ", "governance", "az", "Açıq məlumat məhəllə büdcələrini necə dəyişir"),
    ("EG", "water-energy", "ar", "تسرب المياه في شبكات المدن القديمة: قياس بلا حفر"),
    ("SN", "mobility", "fr", "Trottoirs, ombre et chaleur dans trois quartiers de Dakar"),
    ("JO", "water-energy", "ar", "تجميع مياه الأمطار فوق المدارس: ما الذي ينجح"),
    ("UZ", "water-energy", "en", "What small canals tell a city about its summer"),
    ("KZ", "mobility", "en", "Winter cycling after five years of cleared lanes"),
    ("PK", "water-energy", "en", "Shared rooftops: who pays for panels on rented houses"),
    ("MA", "heritage", "ar", "بيوت الطين في المدينة المتنامية: الترميم والسكن معا"),
    ("AZ", "heritage", "en", "A walled city without cars: shopkeepers before and after"),
    ("EG", "governance", "en", "Complaints as data: a telephone line read as a map"),
    ("SN", "governance", "fr", "Budget participatif par message vocal"),
    ("JO", "heritage", "ar", "حجر البناء المستعاد: سجل لما يُهدم"),
    ("MA", "water-energy", "fr", "Réutiliser les eaux grises d'un hammam de quartier"),
    ("KZ", "governance", "en", "Air sensors that residents mend themselves"),
    ("UZ", "heritage", "en", "Mahalla courtyards as cool places in hot weeks"),
    ("AZ", "mobility", "az", "Məktəbə piyada: altı keçid, bir il müşahidə"),
    ("PK", "governance", "en", "Maps drawn by street vendors and what the council did"),
    ("EG", "mobility", "ar", "الميكروباص كشبكة: مواعيد من هواتف الركاب"),
    ("MA", "heritage", "fr", "Enseignes, façades et loyers autour d'une kasbah"),
    ("SN", "water-energy", "fr", "Trier les déchets du marché avec celles qui les vendent"),
    ("JO", "governance", "en", "Permits in one day: what was dropped and who noticed"),
    ("AZ", "water-energy", "en", "Wind in narrow streets: measurements at three heights"),
    ("KZ", "heritage", "en", "Counting trees that a plan forgot"),
)
SENTENCES = {
    "en": (
        "We ask what a measure changes for those who live beside it.",
        "For twelve months we counted by hand and by instrument at fixed places and hours.",
        "Residents read the figures with us and named what they had not expected.",
        "The effect is smaller than was hoped at noon and larger in the evening.",
        "A city can repeat the count with two people and a week of training.",
    ),
    "fr": (
        "Nous demandons ce qu'une mesure change pour ceux qui vivent à côté.",
        "Pendant douze mois, nous avons compté à la main et à l'instrument, à lieux et heures fixes.",
        "Les habitants ont lu les chiffres avec nous et dit ce qu'ils n'attendaient pas.",
        "L'effet est plus faible que prévu à midi et plus fort le soir.",
        "Une ville peut refaire ce comptage avec deux personnes et une semaine de formation.",
    ),
    "ar": (
        "نسأل عما يغيره تدبير واحد في حياة من يسكنون بجواره.",
        "على مدى اثني عشر شهرا أحصينا باليد وبالأجهزة في أماكن وساعات ثابتة.",
        "قرأ السكان الأرقام معنا وذكروا ما لم يكونوا يتوقعونه.",
        "الأثر أصغر مما كان مأمولا عند الظهيرة وأكبر في المساء.",
        "تستطيع أي مدينة أن تعيد هذا الإحصاء بشخصين وأسبوع من التدريب.",
    ),
    "az": (
        "Bir tədbirin onun yanında yaşayanlar üçün nəyi dəyişdiyini soruşuruq.",
        "On iki ay ərzində sabit yerlərdə və saatlarda əl ilə və cihazla saydıq.",
        "Sakinlər rəqəmləri bizimlə oxudular və gözləmədiklərini dedilər.",
        "Təsir günorta gözləniləndən kiçik, axşam isə daha böyükdür.",
        "Şəhər bu saymanı iki nəfər və bir həftəlik təlimlə təkrarlaya bilər.",
    ),
}
