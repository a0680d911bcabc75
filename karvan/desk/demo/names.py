"""Invented persons: given and family names by country, in Latin and in the country's own script.

Names are paired at random, so that no pair is meant to be anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

# country: (script, women, men, families); each name is "Latin|native", or one spelling for both.
_NAMES: dict[str, tuple[str, str, str, str]] = {
    "AZ": (
        "Latn",
        "Aygün Günel Leyla Nigar Sevinc Könül Lalə Fidan Aytən Zəhra Gülnar Səbinə Röya Nərmin",
        "Elvin Rəşad Tural Orxan Kənan Vüsal Cavid Fərid Nicat Səməd İlqar Emin Toğrul Rüfət",
        "Əliyarlı Quliyev Məhərrəmli Vəlizadə Nuriyev Səfərli Hacılı Babazadə Qasımov Şirinli Abbaszadə İsgəndərli Rzayev Mürsəlov",
    ),
    "KZ": (
        "Cyrl",
        "Aigerim|Айгерім Dana|Дана Madina|Мадина Zarina|Зарина Asel|Әсел Botagoz|Ботагөз Gulnaz|Гүлназ Saule|Сәуле",
        "Arman|Арман Daulet|Дәулет Nurlan|Нұрлан Timur|Тимур Yerlan|Ерлан Sanzhar|Санжар Alikhan|Әлихан Bauyrzhan|Бауыржан",
        "Abenov|Әбенов Seitkali|Сейтқали Nurpeis|Нұрпейіс Zhaksylyk|Жақсылық Omarbek|Омарбек Tulegen|Төлеген Kairat|Қайрат Baizhan|Байжан",
    ),
    "KG": (
        "Cyrl",
        "Aizada|Айзада Begimai|Бегимай Nurgul|Нургүл Cholpon|Чолпон Meerim|Мээрим Aidai|Айдай Jibek|Жибек",
        "Azamat|Азамат Bakyt|Бакыт Nurbek|Нурбек Ulan|Улан Emil|Эмил Talant|Талант Syimyk|Сыймык",
        "Asanov|Асанов Toktogul|Токтогул Sydykov|Сыдыков Mamatov|Маматов Jumabek|Жумабек Osmon|Осмон Kadyrov|Кадыров",
    ),
    "UZ": (
        "Latn",
        "Dilnoza Feruza Gulchehra Malika Nodira Sevara Shahnoza Zulfiya Madina Barno",
        "Aziz Bobur Doniyor Jasur Otabek Rustam Sardor Ulugʻbek Sherzod Anvar",
        "Karimberdi Yoʻldosh Rahmonov Tursun Ergash Sobirjon Nazarov Xolmat Islomov Qodir",
    ),
    "PK": (
        "Arab",
        "Ayesha|عائشہ Fatima|فاطمہ Hira|حرا Maham|ماہم Sana|ثنا Zainab|زینب Amna|آمنہ Iqra|اقرا",
        "Ahmed|احمد Bilal|بلال Hamza|حمزہ Usman|عثمان Zain|زین Danish|دانش Faisal|فیصل Saad|سعد",
        "Qureshi|قریشی Siddiqui|صدیقی Malik|ملک Chaudhry|چوہدری Baig|بیگ Mirza|مرزا Ansari|انصاری Sheikh|شیخ",
    ),
    "NG": (
        "Latn",
        "Aisha Amina Chidinma Folake Halima Ngozi Temitope Zainab Maryam Bukola",
        "Abubakar Chinedu Ibrahim Kayode Musa Oluwaseun Sani Tunde Yusuf Emeka",
        "Abdullahi Adeyemi Bello Danjuma Eze Garba Lawal Okafor Olawale Suleiman Balogun",
    ),
    "MA": (
        "Arab",
        "Amina|أمينة Fatima Zahra|فاطمة الزهراء Hanae|هناء Imane|إيمان Khadija|خديجة Salma|سلمى Zineb|زينب Naima|نعيمة",
        "Anas|أنس Hamza|حمزة Mehdi|المهدي Omar|عمر Reda|رضا Yassine|ياسين Soufiane|سفيان Ayoub|أيوب",
        "El Idrissi|الإدريسي Benjelloun|بنجلون Tazi|التازي Amrani|العمراني Berrada|برادة Chraibi|الشرايبي Lahlou|لحلو Ouazzani|الوزاني",
    ),
    "EG": (
        "Arab",
        "Dina|دينا Esraa|إسراء Heba|هبة Mariam|مريم Nourhan|نورهان Rania|رانيا Yasmin|ياسمين Salma|سلمى",
        "Ahmed|أحمد Karim|كريم Mahmoud|محمود Mostafa|مصطفى Omar|عمر Tarek|طارق Youssef|يوسف Amr|عمرو",
        "Abdelrahman|عبد الرحمن El Sayed|السيد Fathy|فتحي Gaber|جابر Hassan|حسن Mansour|منصور Shawky|شوقي Zaki|زكي",
    ),
    "SN": (
        "Latn",
        "Aminata Awa Fatou Khady Mariama Ndeye Sokhna Coumba Adja",
        "Abdoulaye Cheikh Ibrahima Mamadou Modou Ousmane Pape Serigne Moussa",
        "Ba Diallo Diop Fall Faye Gueye Ndiaye Sarr Seck Sow Thiam",
    ),
    "JO": (
        "Arab",
        "Bayan|بيان Dana|دانا Hala|هلا Lina|لينا Rand|رند Sara|سارة Tala|تالا Yara|يارا",
        "Faris|فارس Hashem|هاشم Khaled|خالد Laith|ليث Ramzi|رمزي Saif|سيف Zaid|زيد Bashar|بشار",
        "Al Khatib|الخطيب Haddad|حداد Momani|المومني Nsour|النسور Obeidat|عبيدات Qasem|قاسم Tarawneh|الطراونة Zoubi|الزعبي",
    ),
    "BN": (
        "Latn",
        "Aisyah Hafizah Nabilah Nurul Siti Syazwani Wafiqah Zahirah",
        "Azim Faiz Hafiz Irfan Khairul Luqman Zulhilmi Syafiq",
        "Abdul-Rahman Hj-Damit Metali Osman Salleh Tengah Yusof Zaini",
    ),
}


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented name: Latin as in a passport, native by script, sex for the statistics."""

    latin: str
    native: dict[str, str]
    sex: str


def invent(country: str, random: Random, *, sex: str = "") -> Invented:
    """An invented person of a country; ``sex`` is drawn when it is not given."""
    script, women, men, families = _NAMES[country]
    sex = sex or random.choice("FM")
    given = _pick(women if sex == "F" else men, random)
    family = _pick(families, random)
    latin = f"{given[0]} {family[0]}"
    native = {} if script == "Latn" else {script: f"{given[1]} {family[1]}"}
    return Invented(latin, native, sex)


def _pick(names: str, random: Random) -> tuple[str, str]:
    """One "Latin|native" of a line; a space inside one stands between two capitals' words."""
    words = _split(names)
    latin, _bar, native = random.choice(words).partition("|")
    return latin, native or latin


def _split(names: str) -> list[str]:
    """The names of a line. Names of two words (El Idrissi|الإدريسي) are kept whole."""
    if "|" not in names:
        return names.split(" ")
    parts: list[str] = []
    latin: list[str] = []
    native: list[str] = []
    for word in names.split(" "):
        if "|" in word:
            if native:
                parts.append(f"{' '.join(latin)}|{' '.join(native)}")
                latin, native = [], []
            head, _bar, tail = word.partition("|")
            latin.append(head)
            native.append(tail)
        elif native and not word.isascii():
            native.append(word)
        else:
            if native:
                parts.append(f"{' '.join(latin)}|{' '.join(native)}")
                latin, native = [], []
            latin.append(word)
    if native:
        parts.append(f"{' '.join(latin)}|{' '.join(native)}")
    return parts
