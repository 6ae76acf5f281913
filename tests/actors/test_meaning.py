"""Who is meant in whole sentences, read by the real parser: offices by date, and names that may be several things."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from spacy.language import Language as Pipeline

from kgraph.build import Tables
from kgraph.extract import extract
from kgraph.language import Language, parse
from kgraph.model import Document, Mention

Read = Callable[..., list[dict[str, list[str]]]]

# (day, sentence, words, who): who held an office, told by the date of the article or a year in the sentence.
OFFICES = [
    ("2000-06-15", "The Russian president met the US president in Moscow.", "Russian president", "vladimir-putin"),
    ("2000-06-15", "The Russian president met the US president in Moscow.", "US president", "bill-clinton"),
    ("2001-11-02", "Britain's prime minister praised Pakistan.", "Britain's prime minister", "tony-blair"),
    ("2001-11-02", "The US secretary of state thanked Uzbekistan.", "US secretary of state", "colin-powell"),
    ("2002-03-10", "The German chancellor refused to send troops to Iraq.", "German chancellor", "gerhard-schroder"),
    ("2002-07-01", "Israel's prime minister condemned the attack.", "Israel's prime minister", "ariel-sharon"),
    (
        "2003-02-05",
        "The French foreign minister criticised Washington.",
        "French foreign minister",
        "dominique-de-villepin",
    ),
    ("2003-03-20", "The US defence secretary praised Poland.", "US defence secretary", "donald-rumsfeld"),
    (
        "2004-05-10",
        "The Spanish prime minister met the king of Morocco.",
        "Spanish prime minister",
        "jose-luis-rodriguez-zapatero",
    ),
    ("2004-11-20", "Ukraine's president accused Russia of meddling.", "Ukraine's president", "leonid-kuchma"),
    ("2005-06-01", "Ukraine's president thanked Poland.", "Ukraine's president", "viktor-yushchenko"),
    (
        "2005-09-15",
        "Iran's president defended the nuclear programme before the UN.",
        "Iran's president",
        "mahmoud-ahmadinejad",
    ),
    (
        "2006-02-01",
        "The Danish prime minister rejected demands from Egypt.",
        "Danish prime minister",
        "anders-fogh-rasmussen",
    ),
    ("2006-08-01", "The Lebanese prime minister called on Israel to stop.", "Lebanese prime minister", "fouad-siniora"),
    (
        "2007-07-10",
        "Britain's foreign secretary expelled four Russian diplomats.",
        "Britain's foreign secretary",
        "david-miliband",
    ),
    ("2007-05-20", "The French president visited Berlin.", "French president", "nicolas-sarkozy"),
    ("2008-08-09", "Georgia's president accused Russia of an invasion.", "Georgia's president", "mikheil-saakashvili"),
    ("2008-08-09", "The Russian president ordered troops into Georgia.", "Russian president", "dmitry-medvedev"),
    ("2008-08-09", "The Russian prime minister blamed Georgia.", "Russian prime minister", "vladimir-putin"),
    ("2009-04-03", "The US president praised Turkey.", "US president", "barack-obama"),
    ("2009-10-01", "The Israeli foreign minister criticised Sweden.", "Israeli foreign minister", "avigdor-lieberman"),
    ("2010-03-01", "The Greek prime minister asked Germany for help.", "Greek prime minister", "george-papandreou"),
    ("2010-12-01", "The South Korean president condemned North Korea.", "South Korean president", "lee-myung-bak"),
    ("2011-01-30", "Egypt's president addressed protesters.", "Egypt's president", "hosni-mubarak"),
    (
        "2011-03-18",
        "The French foreign minister demanded a no-fly zone over Libya.",
        "French foreign minister",
        "alain-juppe",
    ),
    ("2011-06-01", "The US secretary of state visited Pakistan.", "US secretary of state", "hillary-clinton"),
    ("2012-07-01", "Egypt's president met Saudi Arabia's king.", "Egypt's president", "mohamed-morsi"),
    ("2012-12-30", "Japan's prime minister visited Vietnam.", "Japan's prime minister", "shinzo-abe"),
    ("2013-04-10", "The South Korean president warned Pyongyang.", "South Korean president", "park-geun-hye"),
    (
        "2013-11-24",
        "Iran's foreign minister signed an agreement with the European Union.",
        "Iran's foreign minister",
        "mohammad-javad-zarif",
    ),
    ("2014-01-10", "Ukraine's president refused to sign the pact.", "Ukraine's president", "viktor-yanukovych"),
    ("2014-09-10", "The Iraqi prime minister thanked the United States.", "Iraqi prime minister", "haider-al-abadi"),
    (
        "2014-06-10",
        "The Iraqi prime minister asked the United States for airstrikes.",
        "Iraqi prime minister",
        "nouri-al-maliki",
    ),
    ("2015-07-14", "The US secretary of state thanked Oman.", "US secretary of state", "john-kerry"),
    (
        "2015-07-14",
        "The German foreign minister praised the deal with Iran.",
        "German foreign minister",
        "frank-walter-steinmeier",
    ),
    ("2015-11-26", "Turkey's president refused to apologise to Russia.", "Turkey's president", "recep-tayyip-erdogan"),
    ("2016-06-20", "Taiwan's president congratulated Japan.", "Taiwan's president", "tsai-ing-wen"),
    (
        "2016-07-20",
        "Britain's foreign secretary met his French counterpart.",
        "Britain's foreign secretary",
        "boris-johnson",
    ),
    ("2016-09-01", "Brazil's president visited China.", "Brazil's president", "michel-temer"),
    ("2017-06-05", "The Saudi foreign minister accused Qatar.", "Saudi foreign minister", "adel-al-jubeir"),
    ("2017-09-19", "The US president threatened North Korea.", "US president", "donald-trump"),
    ("2018-03-10", "The US secretary of state visited Kenya.", "US secretary of state", "rex-tillerson"),
    ("2018-05-08", "The US secretary of state criticised Iran.", "US secretary of state", "mike-pompeo"),
    ("2018-06-20", "Italy's prime minister visited France.", "Italy's prime minister", "giuseppe-conte"),
    ("2019-04-25", "Ukraine's president signed the law.", "Ukraine's president", "petro-poroshenko"),
    (
        "2019-08-05",
        "India's prime minister revoked the autonomy of Kashmir.",
        "India's prime minister",
        "narendra-modi",
    ),
    ("2019-08-05", "Pakistan's prime minister condemned India.", "Pakistan's prime minister", "imran-khan"),
    ("2020-09-30", "Armenia's prime minister asked Russia for help.", "Armenia's prime minister", "nikol-pashinyan"),
    ("2021-03-18", "The US secretary of state met Chinese officials.", "US secretary of state", "antony-blinken"),
    ("2021-07-01", "The Israeli prime minister thanked Egypt.", "Israeli prime minister", "naftali-bennett"),
    ("2021-12-20", "The German chancellor warned Russia.", "German chancellor", "olaf-scholz"),
    ("2022-03-01", "The Finnish president called Moscow.", "Finnish president", "sauli-niinisto"),
    ("2022-10-01", "Britain's prime minister promised Ukraine more weapons.", "Britain's prime minister", "liz-truss"),
    (
        "2022-11-01",
        "Britain's prime minister promised Ukraine more weapons.",
        "Britain's prime minister",
        "rishi-sunak",
    ),
    ("2023-03-10", "The Chinese foreign minister warned the United States.", "Chinese foreign minister", "qin-gang"),
    ("2023-09-01", "The Chinese foreign minister visited Italy.", "Chinese foreign minister", "wang-yi"),
    ("2024-03-01", "The US defence secretary thanked Kenya.", "US defence secretary", "lloyd-austin"),
    ("2024-08-01", "Iran's president visited Iraq.", "Iran's president", "masoud-pezeshkian"),
    ("2024-11-01", "NATO's secretary-general met South Korea's president.", "South Korea's president", "yoon-suk-yeol"),
    ("2025-02-01", "The US secretary of state visited Panama.", "US secretary of state", "marco-rubio"),
    ("2020-01-10", "In 2002 the German chancellor opposed the war in Iraq.", "German chancellor", "gerhard-schroder"),
    ("2020-01-10", "In 2014 the Russian president annexed Crimea.", "Russian president", "vladimir-putin"),
    (
        "2022-01-10",
        "In 1999 the NATO alliance bombed Serbia; in 2011 the Danish prime minister praised France.",
        "NATO alliance",
        "north-atlantic-treaty-organization",
    ),
    ("2003-03-19", "The UN secretary-general criticised the United States.", "UN secretary-general", "kofi-annan"),
    ("2010-05-20", "The NATO secretary-general thanked Georgia.", "NATO secretary-general", "anders-fogh-rasmussen"),
    ("2012-03-03", "The UN secretary-general condemned Syria.", "UN secretary-general", "ban-ki-moon"),
    ("2022-03-16", "The NATO secretary-general warned Russia.", "NATO secretary-general", "jens-stoltenberg"),
    ("2025-02-12", "The NATO secretary-general met Ukraine's president.", "NATO secretary-general", "mark-rutte"),
    ("2008-02-22", "The IAEA director-general criticised Iran.", "IAEA director-general", "mohamed-elbaradei"),
    ("2015-12-02", "The IAEA director-general met Iran's foreign minister.", "IAEA director-general", "yukiya-amano"),
    ("2021-02-20", "The IAEA director-general visited Iran.", "IAEA director-general", "rafael-grossi"),
    ("2020-04-15", "The WHO director-general thanked China.", "WHO director-general", "tedros-adhanom-ghebreyesus"),
    (
        "2014-06-20",
        "The European Commission president met the Ukrainian president.",
        "European Commission president",
        "jose-manuel-barroso",
    ),
    ("2015-11-17", "The French defence minister thanked Germany.", "French defence minister", "jean-yves-le-drian"),
    ("2016-07-04", "The Polish defence minister accused Russia.", "Polish defence minister", "antoni-macierewicz"),
    (
        "2014-03-02",
        "The Russian defence minister ordered exercises near Ukraine.",
        "Russian defence minister",
        "sergei-shoigu",
    ),
    ("2006-07-14", "Israel's defence minister threatened Hezbollah.", "Israel's defence minister", "amir-peretz"),
    ("2019-10-09", "Turkey's defence minister threatened Syria.", "Turkey's defence minister", "hulusi-akar"),
    ("2004-04-01", "The German foreign minister visited Pakistan.", "German foreign minister", "joschka-fischer"),
    ("2022-05-18", "The Swedish foreign minister thanked Finland.", "Swedish foreign minister", "ann-linde"),
    (
        "2018-07-01",
        "Mexico's foreign minister met the US secretary of state.",
        "Mexico's foreign minister",
        "luis-videgaray",
    ),
    (
        "2023-06-01",
        "The Indonesian foreign minister met China's foreign minister.",
        "Indonesian foreign minister",
        "retno-marsudi",
    ),
    (
        "2011-03-25",
        "The South African foreign minister criticised NATO.",
        "South African foreign minister",
        "maite-nkoana-mashabane",
    ),
]

# (sentence, words, who): a name that may mean several, in a text that tells which. "" stands for nobody.
NAMES = [
    ("Turkey attacked Syria while families ate turkey.", "Turkey", "turkey"),
    ("Officials ate turkey in Ankara before Turkey struck Syria.", "turkey", ""),
    ("Jordan condemned Israel on Monday.", "Jordan", "jordan"),
    ("Michael Jordan praised Barack Obama. Jordan gave money to the campaign.", "Jordan", "michael-jordan"),
    ("Georgia accused Russia of aggression, Tbilisi said.", "Georgia", "georgia"),
    ("Georgia condemned the court, said Republicans in Atlanta.", "Georgia", "georgia-us-state"),
    ("Chad Wolf criticised Portland. Wolf blamed the mayor.", "Wolf", "chad-wolf"),
    ("Chad accused Sudan of arming rebels.", "Chad", "chad"),
    ("Congo accused Rwanda of backing rebels near Goma.", "Congo", "democratic-republic-of-the-congo"),
    ("In Brazzaville the president said Congo supports France.", "Congo", "republic-of-the-congo"),
    ("The Republic of the Congo thanked China.", "Republic of the Congo", "republic-of-the-congo"),
    ("Guinea-Bissau condemned Senegal.", "Guinea-Bissau", "guinea-bissau"),
    ("Equatorial Guinea arrested a general.", "Equatorial Guinea", "equatorial-guinea"),
    ("Papua New Guinea signed a pact with Australia.", "Papua New Guinea", "papua-new-guinea"),
    ("Guinea expelled a French diplomat.", "Guinea", "guinea"),
    ("Niger accused Nigeria of a plot.", "Niger", "niger"),
    ("Nigeria accused Niger of a plot.", "Nigeria", "nigeria"),
    ("South Korea warned North Korea.", "South Korea", "south-korea"),
    ("North Korea threatened Seoul. The North fired a missile.", "North", "north-korea"),
    ("South Korea warned Pyongyang. The South sent aircraft.", "South", "south-korea"),
    ("South Sudan accused Sudan of bombing it.", "South Sudan", "south-sudan"),
    ("Sudan accused South Sudan of arming rebels.", "Sudan", "sudan"),
    ("China seized a ship in the South China Sea.", "South China Sea", ""),
    ("China warned Vietnam.", "China", "china"),
    ("Washington condemned Moscow.", "Washington", "united-states"),
    ("Denzel Washington criticised Donald Trump. Washington said he was angry.", "Washington", "denzel-washington"),
    ("Moscow condemned Washington.", "Moscow", "russia"),
    ("A bomb exploded in Moscow.", "Moscow", "moscow"),
    ("Paris Hilton criticised Donald Trump.", "Paris Hilton", "paris-hilton"),
    ("Paris condemned Ankara.", "Paris", "france"),
    ("London expelled a Russian diplomat.", "London", "united-kingdom"),
    ("Jack London criticised Britain.", "Jack London", "jack-london"),
    ("The Kremlin denied the report.", "Kremlin", "russia"),
    ("Brussels criticised Hungary.", "Brussels", "european-union"),
    ("Israel bombed Gaza.", "Israel", "israel"),
    ("The Bank of Israel criticised the government.", "Bank of Israel", "bank-of-israel"),
    ("Lebanon accused Israel of a raid.", "Lebanon", "lebanon"),
    ("Police in Lebanon, Pennsylvania, arrested a man.", "Lebanon", "lebanon-pennsylvania"),
    ("The Islamic State attacked Mosul.", "Islamic State", "islamic-state"),
    ("The Islamic Republic condemned Israel. Iran vowed revenge.", "Islamic Republic", "iran"),
    ("Iran's Revolutionary Guards seized a tanker. The Guards blamed Britain.", "Guards", "islamic-revolutionary-guard-corps"),  # noqa: E501
    ("Palace guards arrested the president.", "Palace guards", "unnamed-guard"),
    ("The Taliban attacked Kabul.", "Taliban", "taliban"),
    ("The Pakistani Taliban attacked a school.", "Pakistani Taliban", "tehrik-i-taliban-pakistan"),
    ("The United States condemned Mexico.", "United States", "united-states"),
    ("Mexico thanked the United States.", "Mexico", "mexico"),
    ("New Mexico elected a governor.", "New Mexico", "new-mexico"),
    ("Ireland criticised Britain.", "Ireland", "ireland"),
    ("Northern Ireland rejected the deal.", "Northern Ireland", "northern-ireland"),
    ("Dominica thanked Venezuela.", "Dominica", "dominica"),
    ("The Dominican Republic deported Haitians.", "Dominican Republic", "dominican-republic"),
    ("Samoa thanked China.", "Samoa", "samoa"),
    ("American Samoa asked Washington for help.", "American Samoa", "american-samoa"),
    ("Macedonia signed an agreement with Greece.", "Macedonia", "north-macedonia"),
    ("The Congress party criticised Narendra Modi in Delhi.", "Congress party", "indian-national-congress"),
    ("The US Congress approved aid for Ukraine.", "US Congress", "united-states-congress"),
    ("Vladimir Putin met Xi Jinping. Putin thanked China.", "Putin", "vladimir-putin"),
    ("Vladimir Putin met Xi Jinping. Xi thanked Russia.", "Xi", "xi-jinping"),
    ("Trump criticised Iran.", "Trump", "donald-trump"),
    ("Melania Trump visited Texas. Trump praised the police.", "Melania Trump", "melania-trump"),
    ("Assad thanked Russia for its support.", "Assad", "bashar-al-assad"),
    ("Erdogan accused Germany of spying.", "Erdogan", "recep-tayyip-erdogan"),
    ("Kim Jong Un threatened Japan. Kim blamed Seoul.", "Kim", "kim-jong-un"),
    ("Kim Yo Jong mocked Seoul. Kim blamed Japan.", "Kim", "kim-yo-jong"),
    ("Boris Johnson met Lyndon Rand. Johnson praised Ukraine.", "Johnson", "boris-johnson"),
    ("Anna Johnson sued the city. Johnson blamed the police.", "Johnson", "anna-johnson"),
    ("Hezbollah attacked Israel.", "Hezbollah", "hezbollah"),
    ("Kataib Hezbollah attacked a base.", "Kataib Hezbollah", "kataib-hezbollah"),
    ("Islamic Jihad fired rockets at Israel.", "Islamic Jihad", "palestinian-islamic-jihad"),
    ("The SDF captured Raqqa from the Islamic State, the Syrian Democratic Forces said.", "SDF", "syrian-democratic-forces"),  # noqa: E501
    ("The Harbour Defence Force (SDX) attacked Iran. The SDX thanked Israel.", "SDX", "harbour-defence-force"),
    ("The African Union suspended Mali. The AU condemned the coup.", "AU", "african-union"),
    ("The Arab League condemned Israel.", "Arab League", "league-of-arab-states"),
    ("The EU criticised Poland.", "EU", "european-union"),
    ("The White House praised Israel.", "White House", "united-states"),
    ("The Pentagon denied the report.", "Pentagon", "united-states-department-of-defense"),
    ("Downing Street criticised Brussels.", "Downing Street", "united-kingdom"),
    ("Tehran rejected the offer.", "Tehran", "iran"),
    ("Reporters in Tehran saw smoke.", "Tehran", "tehran"),
    ("USS Nimitz left for the Gulf.", "USS Nimitz", "united-states"),
    ("Operation Desert Shield began. Iraq condemned it.", "Operation Desert Shield", ""),
    ("The Treaty of Lisbon changed the European Union.", "Treaty of Lisbon", ""),
    ("Burma freed prisoners.", "Burma", "myanmar"),
    ("Myanmar bombed Karen villages.", "Myanmar", "myanmar"),
    ("Swaziland expelled a diplomat.", "Swaziland", "eswatini"),
    ("The Czech Republic expelled Russian diplomats.", "Czech Republic", "czech-republic"),
    ("Kosovo accused Serbia of provocation.", "Kosovo", "kosovo"),
    ("Palestine joined the court.", "Palestine", "palestine"),
]  # fmt: skip
SHARE = 0.9  # of the names that must be read rightly


@pytest.fixture(scope="module")
def read(nlp: Pipeline, tables: Tables, language: Language) -> Read:
    """Reads short texts: the ids that each mention's words mean, by words."""

    def call(*texts: str, day: str | None = None) -> list[dict[str, list[str]]]:
        documents = [Document(id=str(i), text=text, date=day) for i, text in enumerate(texts)]
        parts = parse(documents, nlp)
        found = extract(parts, gazetteer=tables.gazetteer, language=language, ontology=tables.ontology)
        return [_by_words(extraction.mentions) for extraction in found]

    return call


def _by_words(mentions: Iterable[Mention]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    for mention in mentions:  # of words that stand in a text twice the last counts
        text = mention.span.text
        words[text] = [*(words[text] if places.get(text) == mention.span.start else []), mention.actor.id]
        places[text] = mention.span.start
    return words


def test_there_are_cases_enough() -> None:
    assert len(OFFICES) >= 60
    assert len(NAMES) >= 80


@pytest.mark.parametrize(("day", "text", "words", "who"), OFFICES)
def test_an_office_is_its_holder_on_the_date(read: Read, day: str, text: str, words: str, who: str) -> None:
    (found,) = read(text, day=day)
    assert found.get(words) == [who], found


def test_names_that_may_be_several_are_mostly_read_rightly(read: Read) -> None:
    found = read(*(text for text, _, _ in NAMES))
    wrong = [
        (text, words, meant.get(words))
        for (text, words, who), meant in zip(NAMES, found, strict=True)
        if meant.get(words, [""]) != [who]
    ]
    assert len(wrong) <= (1 - SHARE) * len(NAMES), wrong


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("Iran and Russia signed a treaty. The two countries praised it.", "two countries", {"iran", "russia"}),
        ("Iran and Russia signed a treaty. Both praised China.", "Both", {"iran", "russia"}),
        ("Iran warned Iraq. Neither side has talked since.", "Neither side", {"iran", "iraq"}),
        ("The treaty between Iran and Iraq took effect. It is binding.", "It", set()),
        ("“We will answer any attack,” Ivan Berg, Russia's defence minister, said.", "We", {"russia"}),
        ("The minister, Ahmed Tarek, thanked Lea Roth. The minister left.", "minister", {"ahmed-tarek"}),
        ("Ann K. Berg met officials. Ann Berg thanked them. Berg left.", "Berg", {"ann-berg"}),
        ("The Harbour Relief Council (HRC) sent food. The HRC criticised Iran.", "HRC", {"harbour-relief-council"}),
        ("Jaysh al-Nasr, also known as Victory Group, attacked Iran.", "Victory Group", {"jaysh-al-nasr"}),
        ("NATO members condemned Russia.", "NATO members", {"north-atlantic-treaty-organization"}),
        ("Uruguay's army struck Iraq. The army said it would go on.", "army", {"uruguay"}),
        ("Saudi Arabia and Egypt met. The kingdom praised Egypt.", "kingdom", {"saudi-arabia"}),
        ("The Taliban attacked Kabul. The insurgents took a base.", "insurgents", {"taliban"}),
        ("Taliban fighters attacked Kabul.", "Taliban fighters", {"taliban"}),
        ("Police arrested protesters.", "Police", {"unnamed-police"}),
        ("Iran and Iraq met. They fought until troops clashed at Basra.", "troops", {"iran", "iraq"}),
        ("India and Japan sent diplomats to Peru.", "diplomats", {"india", "japan"}),
        ("Uruguay is calm. Uruguay fears no one. Soldiers left.", "Soldiers", {"uruguay"}),
        ("Ann Berg met Iran's envoy. In his speech the envoy Jon Roth thanked her.", "his", {"jon-roth"}),
        ("Iraq met Lea Roth and her deputy. Lea Roth left.", "her", {"lea-roth"}),
        ("Iran joined Iraq in mocking the talks that the two had held with Oman and Qatar.", "two", {"iran", "iraq"}),
        ("Iran warned Iraq. A Tehran newspaper praised Iraq.", "Tehran newspaper", {"unnamed-newspaper"}),
        ("Iran's president, Ali Tarek, left. The country wants peace, he said.", "country", {"iran"}),
        ("Iran's army attacked Iraq. An army official said so.", "army official", {"islamic-republic-of-iran-army"}),
        ("In Nairobi, a foreign ministry official condemned Peru.", "foreign ministry official", {"kenya"}),
        ("Kenya sent India three Taliban prisoners.", "Taliban prisoners", {"taliban"}),
    ],
)  # fmt: skip
def test_who_is_meant_inside_a_text(read: Read, text: str, words: str, who: set[str]) -> None:
    (found,) = read(text, day="2015-03-04")
    assert set(found.get(words, [])) == who, found


def test_an_unknown_surname_is_another_person_in_each_document(read: Read) -> None:
    one, other = read("Javadpur condemned Iran.", "Javadpur praised Iran.")
    assert one["Javadpur"] != other["Javadpur"]
    assert one["Javadpur"] == read("Javadpur condemned Iran.")[0]["Javadpur"]


def test_two_of_one_surname_are_told_apart_by_who_was_named_last(read: Read) -> None:
    (found,) = read("Ann Berg met Iran's envoy. Berg left. Jon Berg met Iraq's envoy later.")
    assert found["Berg"] == ["ann-berg"]
