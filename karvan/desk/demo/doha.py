"""The conference of ministers of September 2023, where Shusha's title was decided.

That it decided so is in the sources; who came, the votes and the other resolutions are the demo's.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from karvan.foundation.places.models import Country
from karvan.stages.convening.models import AgendaItem, Delegation, Resolution, StatutorySession
from karvan.stages.convening.queries.hall_entitled import why_no_vote, with_credentials
from karvan.stages.convening.services.hall_closing import close_vote
from karvan.stages.convening.services.hall_motions import add_paragraph, submit_motion
from karvan.stages.convening.services.hall_sittings import close_sitting
from karvan.stages.convening.services.hall_votes import open_vote
from karvan.stages.convening.services.organs_members import add_member
from karvan.stages.convening.services.papers_agenda import set_item_state
from karvan.stages.convening.services.papers_convocation import convoke_session
from karvan.stages.convening.services.papers_credentials import (
    decide_credential,
    report_on_credentials,
    submit_credential,
)
from karvan.stages.convening.services.papers_delegations import (
    name_session_delegate,
    register_delegation,
)
from karvan.stages.convening.services.papers_issuing import issue_agenda
from karvan.stages.convening.services.papers_sessions import close_session, open_session

from .cast import COUNTRIES
from .hall import at_hour, sitting_of, tell_hall
from .statutory import SPOKEN_FOR
from .titles import conference
from .world import World, at, texts

CAME = ("AZ", "MA", "UZ", "KZ", "EG", "SN", "PK", "KG")
CAPITAL = texts("Shusha, capital of culture of 2024", "Choucha, capitale de la culture 2024", "شوشا عاصمة الثقافة لعام 2024", "Şuşa, 2024-cü ilin mədəniyyət paytaxtı")  # fmt: skip
NOMINATED = texts("Having examined the nomination and the experts' marks,", "Ayant examiné la candidature et les notes des experts,", "وقد نظر في الترشيح وفي تقييم الخبراء،", "Namizədliyi və ekspertlərin qiymətlərini nəzərdən keçirərək,")  # fmt: skip
GRANTS = texts("Decides that Shusha is the capital of culture of 2024 for the Asian region.", "Décide que Choucha est la capitale de la culture 2024 pour la région asiatique.", "يقرر أن تكون شوشا عاصمة الثقافة لعام 2024 عن المنطقة الآسيوية.", "Şuşanın Asiya regionu üzrə 2024-cü ilin mədəniyyət paytaxtı olmasına qərar verir.")  # fmt: skip
PROGRAMME = texts("Invites the Ministry to send the programme of the year by January 2024.", "Invite le ministère à envoyer le programme de l'année avant janvier 2024.", "يدعو الوزارة إلى إرسال برنامج السنة قبل يناير 2024.", "Nazirliyi ilin proqramını 2024-cü ilin yanvarınadək göndərməyə dəvət edir.")  # fmt: skip
EVENING = texts("Capitals of culture", "Capitales de la culture", "عواصم الثقافة", "Mədəniyyət paytaxtları")  # fmt: skip


def tell_doha(world: World) -> tuple[AgendaItem, Resolution]:
    """The conference from its convocation to its end; returns the item and what it decided."""
    officer = world.people["officer"]
    with at(2023, 5, 2):
        item = conference()
        session = item.session
        for code in COUNTRIES:
            party = world.parties[SPOKEN_FOR.get(code, f"commission-{code.lower()}")]
            names = Country.objects.get(pk=code).names
            add_member(session.organ, code=code, names=names, party=party, by=officer)
        issue_agenda(session, kind="provisional", by=officer)
    with at(2023, 6, 1):
        convoke_session(session, by=officer)
    with at(2023, 8, 28):
        _delegations(world, session)
    with at(2023, 9, 1, hour=8):
        session = open_session(session, by=officer)
        issue_agenda(session, kind="adopted", by=officer)
    tell_hall(world, session)
    resolution = _granted(world, session, item)
    with at(2023, 9, 30):
        set_item_state(item, state="closed", by=officer)
        close_session(session, by=officer)
    return item, resolution


def _delegations(world: World, session: StatutorySession) -> None:
    officer = world.people["officer"]
    for code in CAME:
        delegation = register_delegation(
            session,
            capacity="member",
            membership=session.organ.memberships.get(code=code),
            by=officer,
        )
        name_session_delegate(delegation, name=world.name(code).latin, rank="head", by=officer)
        submit_credential(
            delegation,
            issuer="Ministry of Foreign Affairs",
            received_on=date(2023, 8, 21),
            form="original",
            by=officer,
        )
        decide_credential(delegation, state="accepted", by=officer)
    report_on_credentials(session, note="", by=officer)


def _granted(world: World, session: StatutorySession, item: AgendaItem) -> Resolution:
    """A last sitting, in which the title is granted by consensus."""
    officer = world.people["officer"]
    voters: list[Delegation] = [one for one in with_credentials(session) if not why_no_vote(one)]
    with at_hour(session, time(17)):
        motion = submit_motion(
            session,
            kind="resolution",
            titles=CAPITAL,
            item=item,
            sponsors=voters[1:2],
            by=officer,
        )
        add_paragraph(motion, is_operative=False, texts=NOMINATED, by=officer)
        add_paragraph(motion, is_operative=True, texts=GRANTS, by=officer)
        add_paragraph(
            motion,
            is_operative=True,
            texts=PROGRAMME,
            owner=world.parties["culture-az"],
            due_on=session.ends_on + timedelta(days=92),
            by=officer,
        )
    evening = sitting_of(world, session, time(18), EVENING, voters)
    with at_hour(session, time(19)):
        event = open_vote(
            evening, method="consensus", requirement="consensus", motion=motion, by=officer
        )
        close_vote(event, by=officer)
        close_sitting(evening, by=officer)
    return session.resolutions.get(motion=motion)
