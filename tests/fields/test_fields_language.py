"""Language: the page's word, borne out by the text or not; scripts that decide alone."""

from __future__ import annotations

import pytest
from fields_help import PROSE, fields, page, text_page, value

from cleaner.fields.language import normal_tag
from cleaner.fields.text_language import agrees, by_script, detect, is_borne_out

GERMAN = (
    "Der Hafen bleibt in der Hand der Stadt, sagte die Bürgermeisterin, und das Schiff wird nicht verkauft, "
    "weil sich der Rat mit dem Betreiber auf einen neuen Vertrag für die nächsten Jahre geeinigt hat."
)
FRENCH = (
    "Le port reste dans les mains de la ville, a dit la maire, et le bateau ne sera pas "
    "vendu parce que le conseil "
    "est tombé d'accord avec l'exploitant sur un nouveau contrat pour les prochaines années."
)
PORTUGUESE = (
    "O porto fica nas mãos da cidade, disse a prefeita, e o barco não será vendido, "
    "porque o conselho chegou a um "
    "acordo com a empresa sobre um novo contrato para os próximos anos, que também foi aprovado pela câmara."
)


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("de_at", "de-AT"),
        ("EN-us", "en-US"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("en", "en"),
        ("jp", "ja"),
    ],
)
def test_tags_are_normal(tag, normal):
    assert normal_tag(tag) == normal


@pytest.mark.parametrize("tag", ["", "english language", "x", "{{lang}}", "und", "12"])
def test_what_is_no_tag(tag):
    assert normal_tag(tag) is None


def test_the_pages_word_stands_where_the_text_agrees():
    found = fields(page(lang="en-GB"))
    assert (found.values["language"], found.provenance["language"]) == ("en-GB", "lang")


@pytest.mark.parametrize(("prose", "language"), [(GERMAN, "de"), (FRENCH, "fr"), (PORTUGUESE, "pt")])
def test_a_text_in_another_language_overrules_the_page(prose, language):
    shown = page(body=f"<h1>Titel</h1><p>{prose}</p><p>{prose}</p>", lang="en")
    assert value(shown, "language") == language


def test_a_second_source_is_believed_before_detection():
    head = "<meta property='og:locale' content='de_CH'>"
    found = fields(page(head, body=f"<h1>Titel</h1><p>{GERMAN}</p><p>{GERMAN}</p>", lang="en"))
    assert (found.values["language"], found.provenance["language"]) == ("de-CH", "meta")


@pytest.mark.parametrize(
    ("prose", "language"), [(PROSE, "en"), (GERMAN, "de"), (FRENCH, "fr"), (PORTUGUESE, "pt")]
)
def test_text_input(prose, language):
    assert value(text_page(f"{prose}\n{prose}"), "language") == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("한국어 기사입니다", "ko"),
        ("これは記事です", "ja"),
        ("这是一篇新闻", "zh"),
        ("ข่าววันนี้", "th"),
        ("Νέα της ημέρας", "el"),
        ("plain", None),
    ],
)
def test_scripts(text, script):
    assert by_script(text) == script


def test_cyrillic_is_shared():
    assert agrees("ru", "Сегодня в городе и на море было не по сезону холодно, и это так") is True
    assert agrees("en", "Сегодня в городе и на море было холодно") is False


def test_the_same_every_time():
    shown = text_page("Kort tekst uden mange ord om havnen i byen og skibet")
    assert len({value(shown, "language") for _ in range(5)}) == 1


def test_detection_leaves_the_librarys_own_seed_alone():
    from langdetect import DetectorFactory

    before = DetectorFactory.seed
    assert detect(GERMAN) == "de"
    assert detect(GERMAN) == detect(GERMAN)
    assert DetectorFactory.seed is before


def test_nothing_is_detected_in_what_has_no_letters():
    assert detect("1234 5678 90 12 34 56 78 90 12") is None


# A few sentences of one meaning in languages that langdetect has no profile of, or takes for another.
UNSTATED = {
    "ka": ("ნავსადგური ქალაქის ხელში რჩება, თქვა მერმა, და გემი არ გაიყიდება."),
    "hy": ("Նավահանգիստը մնում է քաղաքի ձեռքում, ասել է քաղաքապետը, և նավը չի վաճառվի։"),
    "kk": (
        "Порт қаланың қолында қалады деді әкім, және кеме сатылмайды, өйткені кеңес жаңа келісімге "
        "қол қойды, ол туралы бұрын айтылған болатын, бұл жұрт үшін де маңызды."
    ),
    "be": (
        "Порт застаецца ў руках горада, сказаў мэр, і карабель не будзе прададзены, бо савет і "
        "прадпрыемства дамовіліся пра новы кантракт на наступныя гады, які ўжо ўхвалены."
    ),
    "tg": (
        "Бандар дар дасти шаҳр мемонад, гуфт раиси шаҳр, ва киштӣ фурӯхта намешавад, зеро шӯро бо "
        "ширкат дар бораи шартномаи нав барои солҳои оянда ҷавоби мусбат додааст."
    ),
    "az": (
        "Liman şəhərin əlində qalır, deyə mer bildirib və gəmi satılmayacaq, çünki şura növbəti illər "
        "üçün yeni müqavilə ilə bağlı şirkətlə razılığa gəlib."
    ),
    "eu": (
        "Portua hiriaren esku geratuko da, esan du alkateak, eta ontzia ez da salduko, izan ere "
        "udalak eta enpresak datozen urteetarako kontratu berri bat adostu dute, eta hori ere onartu "
        "egin da, baina ez dira bukatu bere lanak."
    ),
    "is": (
        "Höfnin er áfram í höndum bæjarins, sagði bæjarstjórinn, og skipið verður ekki selt, það er "
        "þess vegna að ráðið samdi við félagið um nýjan samning fyrir næstu ár."
    ),
    "mt": (
        "Il-port jibqa' f'idejn il-belt, qal is-sindku, u l-vapur mhux se jinbiegħ għax il-kunsill "
        "qabel ma' l-operatur dwar kuntratt ġdid għas-snin li ġejjin, li ġie approvat ukoll."
    ),
}


@pytest.mark.parametrize("tag", sorted(UNSTATED))
def test_a_text_that_no_page_tells_the_language_of(tag):
    assert value(text_page(f"{UNSTATED[tag]}\n\n{UNSTATED[tag]}"), "language") == tag


def test_a_language_that_is_not_known_is_none_rather_than_another():
    text = " ".join(["zorba klint wepo drasti lumek fo tarni ekolu brent ossa"] * 6)
    assert not is_borne_out("et", text)
    assert value(text_page(text), "language") is None
