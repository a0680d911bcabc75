"""One form with every type of question, as a colleague would write it."""

import yaml

from karvan.foundation.forms.definition import parse_form

APPLICATION = """
form:
  sections:
    - key: about
      title: {en: About you, fr: À propos de vous, ar: عنك, az: Haqqınızda}
      questions:
        - key: full_name
          type: text
          label: {en: Full name, fr: Nom complet, ar: الاسم الكامل, az: Tam adınız}
          required: true
          blind: true
          limits: {max_length: 150}
          purpose: {en: To write to you, fr: Pour vous écrire}
        - key: sex
          type: choice
          label: {en: Sex, fr: Sexe, ar: الجنس, az: Cins}
          required: true
          attribute: sex
          choices:
            - {value: F, label: {en: Woman, fr: Femme, ar: امرأة, az: Qadın}}
            - {value: M, label: {en: Man, fr: Homme, ar: رجل, az: Kişi}}
        - key: born
          type: date
          label: {en: Date of birth, fr: Date de naissance, ar: تاريخ الميلاد, az: Doğum tarixi}
          required: true
          attribute: birth_date
          eligibility: {min_age: 18, max_age: 35, on: first_day}
        - key: city
          type: choice
          label: {en: City}
          choices:
            - {value: baku, label: {en: Baku}}
            - {value: ganja, label: {en: Ganja}}
            - {value: lankaran, label: {en: Lankaran}}
            - {value: mingachevir, label: {en: Mingachevir}}
            - {value: nakhchivan, label: {en: Nakhchivan}}
            - {value: quba, label: {en: Quba}}
            - {value: shaki, label: {en: Shaki}}
            - {value: sumgayit, label: {en: Sumgayit}}
    - key: work
      title: {en: Your work, fr: Votre travail, ar: عملك, az: İşiniz}
      questions:
        - key: why
          type: long_text
          label: {en: "Why you?", fr: "Pourquoi vous ?", ar: لماذا أنت؟, az: "Niyə siz?"}
          help: {en: In your own words.}
          required: true
          limits: {min_words: 3, max_words: 20}
        - key: skills
          type: choices
          label: {en: Skills}
          choices:
            - {value: weld, label: {en: "Welding; soldering"}}
            - {value: code, label: {en: Programming}}
            - {value: draw, label: {en: Drawing}}
          limits: {max_items: 2}
        - key: other_tools
          type: text
          label: {en: "Which language do you program in?"}
          required: true
          show_if: {question: skills, in: [code]}
        - key: years
          type: number
          label: {en: Years of work}
          limits: {min: 0, max: 60}
        - key: confidence
          type: scale
          label: {en: "How sure are you?"}
          limits: {min: 1, max: 5}
          labels: {low: {en: Not at all}, high: {en: Very}}
        - key: licence
          type: file
          label: {en: Your licence}
          required: true
          show_if: {all: [{question: years, at_least: 3}, {not: {question: sex, equals: M}}]}
          limits: {file_kinds: [pdf, jpeg], max_mb: 2}
        - key: posts
          type: group
          label: {en: Posts held}
          limits: {max_items: 3}
          questions:
            - {key: title, type: text, label: {en: Title}, required: true}
            - {key: now, type: consent, label: {en: I still work there}}
            - {key: until, type: date, label: {en: Until}, required: true,
               show_if: {question: now, equals: false}}
        - key: members
          type: team
          label: {en: Team, fr: Équipe}
          limits: {min_items: 1, max_items: 4}
        - key: agree
          type: consent
          label: {en: I agree to the rules}
          required: true
          eligibility: {equals: true}
"""


def example():
    return parse_form(yaml.safe_load(APPLICATION))


def sound(**changes):
    """Answers that may be sent, with changes; a change to None takes an answer away."""
    answers = {
        "full_name": "Aygün Məmmədova",
        "sex": "F",
        "born": "2001-05-04",
        "why": "I repair pumps at home.",
        "members": [{"full_name": "Ilham", "email": "ilham@example.org"}],
        "agree": "yes",
        **changes,
    }
    return {key: value for key, value in answers.items() if value is not None}
