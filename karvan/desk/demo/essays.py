"""Sentences of which invented applicants make their answers, by language."""

from __future__ import annotations

from random import Random

_SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "In our district the clinic waits three weeks for a spare part that costs less than a meal.",
        "My aunt keeps vaccines in a kitchen refrigerator and reads the temperature with her hand.",
        "We asked eleven shopkeepers on our street and nine of them lose goods when the power fails.",
        "Farmers along the river water their fields by guess and half of the water runs away.",
        "I built a first board from parts of an old printer and it worked for two days.",
        "Two friends from the technical college write software and one of us repairs machines.",
        "Nobody has measured the problem here, so we began with a notebook and a cheap scale.",
        "A first version needs a sensor, a battery and a case that can be printed in the city.",
        "Our teacher let us test it on six pupils and we changed the handle afterwards.",
        "The hospital throws away working motors because there is no drawing of the device.",
        "I can give every evening and both days of the weekend for six weeks.",
        "If it works in our village it can be copied in forty others on the same road.",
        "People who cannot read still need to know when the medicine must be taken.",
        "We do not know the rules for selling such a device and want to learn them.",
        "The greatest risk is that the part is not sold here, so we look for a second source.",
        "My family agrees, and my employer lets me leave an hour earlier on course days.",
    ),
    "fr": (
        "Dans notre quartier, le dispensaire attend trois semaines une pièce qui coûte moins qu'un repas.",
        "Ma tante garde les vaccins dans un réfrigérateur de cuisine et juge la température à la main.",
        "Nous avons interrogé onze commerçants de notre rue et neuf perdent des produits à chaque coupure.",
        "Les paysans arrosent au jugé le long du fleuve et la moitié de l'eau s'écoule sans servir.",
        "J'ai monté une première carte avec les pièces d'une vieille imprimante et elle a tenu deux jours.",
        "Deux amies du lycée technique programment et l'un de nous répare des machines depuis l'enfance.",
        "Personne n'a mesuré le problème ici, nous avons donc commencé avec un cahier et une balance.",
        "Une première version demande un capteur, une pile et un boîtier qui s'imprime en ville.",
        "Notre professeur nous a laissés l'essayer avec six élèves et nous avons changé la poignée.",
        "L'hôpital jette des moteurs en bon état parce qu'il n'existe aucun plan de l'appareil.",
        "Je peux donner toutes mes soirées et les deux jours de repos pendant six semaines.",
        "Si cela marche dans notre village, on peut le refaire dans quarante autres sur la même route.",
    ),
    "ar": (
        "ينتظر المركز الصحي في حينا ثلاثة أسابيع قطعة ثمنها أقل من ثمن وجبة واحدة.",
        "تحفظ عمتي اللقاحات في ثلاجة المطبخ وتقدر الحرارة بيدها لأنها لا تملك مقياسا.",
        "سألنا أحد عشر بائعا في شارعنا فقال تسعة منهم إن بضاعتهم تفسد عند انقطاع الكهرباء.",
        "يسقي الفلاحون حقولهم على التقدير بجوار النهر ويضيع نصف الماء دون فائدة.",
        "صنعت لوحة أولى من قطع طابعة قديمة وعملت يومين كاملين قبل أن تتوقف.",
        "معي صديقتان من المعهد التقني تكتبان البرامج وأحدنا يصلح الآلات منذ صغره.",
        "لم يقس أحد هذه المشكلة هنا فبدأنا بدفتر وميزان رخيص وسجلنا ما رأيناه كل يوم.",
        "تحتاج النسخة الأولى إلى مجس وبطارية وعلبة يمكن طباعتها في المدينة بسهولة.",
        "سمح لنا المعلم بتجربتها مع ستة تلاميذ ثم غيرنا المقبض بعد ما رأيناه.",
        "يرمي المستشفى محركات صالحة لأن أحدا لا يملك رسما للجهاز ولا دليلا لإصلاحه.",
        "أستطيع أن أتفرغ كل مساء ويومي العطلة مدة ستة أسابيع كاملة دون انقطاع.",
        "إذا نجحت الفكرة في قريتنا أمكن نقلها إلى أربعين قرية أخرى على الطريق نفسه.",
    ),
    "az": (
        "Rayonumuzda tibb məntəqəsi bir nahardan ucuz olan ehtiyat hissəsini üç həftə gözləyir.",
        "Xalam peyvəndləri mətbəx soyuducusunda saxlayır və temperaturu əli ilə yoxlayır.",
        "Küçəmizdəki on bir satıcıdan soruşduq, doqquzu işıq sönəndə malını itirdiyini dedi.",
        "Çay boyunda fermerlər tarlanı təxmini sulayır və suyun yarısı boş yerə axıb gedir.",
        "Köhnə printerin hissələrindən ilk lövhəni yığdım və o, iki gün işlədi.",
        "Texniki kollecdən iki dostum proqram yazır, birimiz isə uşaqlıqdan maşın təmir edir.",
        "Burada problemi heç kim ölçməyib, ona görə dəftər və ucuz tərəzi ilə başladıq.",
        "İlk versiya üçün sensor, batareya və şəhərdə çap oluna bilən qutu lazımdır.",
        "Müəllimimiz onu altı şagirdlə sınamağa icazə verdi, sonra tutacağı dəyişdik.",
        "Xəstəxana işlək mühərrikləri atır, çünki cihazın heç bir çertyoju yoxdur.",
        "Altı həftə ərzində hər axşam və hər iki istirahət günü vaxt ayıra bilərəm.",
        "Kəndimizdə işləsə, eyni yol üzərindəki qırx kənddə də təkrarlana bilər.",
    ),
}


def essay(language: str, least_words: int, random: Random) -> str:
    """An answer of at least so many words, of sentences of one language in a drawn order."""
    bank = list(_SENTENCES.get(language, _SENTENCES["en"]))
    random.shuffle(bank)
    taken: list[str] = []
    for sentence in bank:
        taken.append(sentence)
        if sum(len(one.split()) for one in taken) >= least_words:
            break
    return " ".join(taken)
