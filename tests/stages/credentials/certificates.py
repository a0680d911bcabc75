"""A certificate of an invented person in four languages, to test the paper with."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from karvan.stages.credentials import signing
from karvan.stages.credentials.paper import Certificate, CertificateText, Signatory
from tests.stages.credentials.documents import ISSUED, key_for, unsigned

ENGLISH = CertificateText(
    heading="Certificate of completion",
    issuers=("The Secretariat of the Organisation", "Ministry of Youth, Republic of Azerbaijan"),
    statement="This is to certify that",
    name="Sevinc Əliyeva",
    body="has completed the course",
    achievement="Repair and redesign of everyday devices",
    detail="Baku, 2 February to 13 March 2026, 120 hours",
    issued="Issued on Saturday, 14 March 2026",
    number_label="Number",
    verify_label="Verify this certificate at",
    signatories=(
        Signatory("Nərgiz Quliyeva", "Director of programmes"),
        Signatory("Tural Şıxəliyev", "Deputy minister"),
    ),
)
FRENCH = CertificateText(
    heading="Certificat d’achèvement",
    issuers=("Le Secrétariat de l’Organisation", "Ministère de la Jeunesse, Azerbaïdjan"),
    statement="Nous certifions que",
    name="Sevinc Əliyeva",
    body="a suivi avec succès la formation",
    achievement="Réparer et reconcevoir les appareils du quotidien",
    detail="Bakou, du 2 février au 13 mars 2026, 120 heures",
    issued="Délivré le samedi 14 mars 2026",
    number_label="Numéro",
    verify_label="Vérifier ce certificat à l’adresse",
    signatories=(
        Signatory("Nərgiz Quliyeva", "Directrice des programmes"),
        Signatory("Tural Şıxəliyev", "Vice-ministre"),
    ),
)
AZERBAIJANI = CertificateText(
    heading="Kursu bitirmə şəhadətnaməsi",
    issuers=("Təşkilatın Katibliyi", "Azərbaycan Respublikasının Gənclər Nazirliyi"),
    statement="Təsdiq edilir ki,",
    name="Sevinc Əliyeva",
    body="aşağıdakı kursu bitirmişdir",
    achievement="Məişət cihazlarının təmiri və yenidən layihələndirilməsi",
    detail="Bakı, 2 fevral – 13 mart 2026, 120 saat",
    issued="Verilib: 14 mart 2026, şənbə",
    number_label="Nömrə",
    verify_label="Şəhadətnaməni bu ünvanda yoxlayın",
    signatories=(
        Signatory("Nərgiz Quliyeva", "Proqramlar üzrə direktor"),
        Signatory("Tural Şıxəliyev", "Nazir müavini"),
    ),
)
ARABIC = CertificateText(
    heading="شهادة إتمام",
    issuers=("أمانة المنظمة", "وزارة الشباب، جمهورية أذربيجان"),
    statement="نشهد بأن",
    name="سفنج علييفا",
    body="قد أتمت دورة",
    achievement="إصلاح الأجهزة المنزلية وإعادة تصميمها",
    detail="باكو، من 2 فبراير إلى 13 مارس 2026، 120 ساعة",
    issued="صدرت يوم السبت 14 مارس 2026",
    number_label="الرقم",
    verify_label="للتحقق من هذه الشهادة",
    signatories=(
        Signatory("نرجس قلييفا", "مديرة البرامج"),
        Signatory("تورال شيخالييف", "نائب الوزير"),
    ),
)
TEXTS = {"en": ENGLISH, "fr": FRENCH, "az": AZERBAIJANI, "ar": ARABIC}
KEY = key_for()
CREDENTIAL = json.dumps(
    signing.sign(unsigned(), key=KEY, created=ISSUED), ensure_ascii=False, indent=1
).encode()


def certificate(**changes: Any) -> Certificate:
    """The certificate; keyword arguments change it, or its English text by `name=`."""
    texts = dict(TEXTS)
    if "name" in changes:
        texts["en"] = replace(ENGLISH, name=changes.pop("name"))
    made = Certificate(
        number="KV-7Q2M-19",
        verify_url="https://karvan.example/verify/KV-7Q2M-19",
        issued_at=ISSUED,
        credential=CREDENTIAL,
        carpet=((3, 1, 4, 1, 5), (9, 2, 6, 5, 3), (5, 8, 9, 7, 9), (0, 2, 1, 8, 4)),
        texts=texts,
    )
    return replace(made, **changes)
