"""What a page or a letter says, and where it speaks of an application or of an abstract."""

from __future__ import annotations

import re

from karvan.foundation.messages.models import Message

APPLICATION = {
    "en": r"\bappl(?:y|ies|ied|ication|icant)",
    "fr": r"candidat|postul|soumise|retirée",
    # not "طلب الرابط", "to ask for the link"
    "ar": r"(?<!\w)(?:ال|لل|و)?طلب(?:ا|ك|ي|ات|اتك|ين)?(?!\w| الرابط| إرساله)",
    "az": r"müraciət",
}
ABSTRACT = {"en": "abstract", "fr": "résumé", "ar": "ملخص", "az": "tezis"}


def words(html: str) -> str:
    """What is read of a page: between its marks, and in confirmations and labels."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r'<[^>]*class="history".*', "", main, flags=re.DOTALL)  # acts on anything
    read = " ".join(
        re.findall(r'(?:aria-label|data-head|data-confirm|title|value)="([^"]*)"', main)
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)) + " " + read


def leftovers(text: str, language: str) -> list[str]:
    return re.findall(f".{{0,30}}{APPLICATION[language]}.{{0,30}}", text, re.IGNORECASE)


def letter(message: Message) -> str:
    """Its subject and text, addresses left out."""
    return re.sub(r"https?://\S+", "", f"{message.subject}\n{message.body}")
