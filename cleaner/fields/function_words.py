"""Function words by language: frequent words that mark a text's language within a few lines.

Enters: nothing. Leaves: `WORDS`, a set of words for each language, in the order in which ties are read.
"""

from __future__ import annotations

# One language a paragraph: its tag, a colon, its words. Chosen by hand from what news prose is full of.
_TABLE = """
en: the and of to in that is for was with on it as are by from has have be this his they said at not but
    will who would which their its
de: der die das und den von mit ist im sich nicht auf dem ein eine auch es für als wird sind einer des
    aus nach bei zum hat wie über dass
fr: le la les des et du une est dans pour que qui par sur au pas plus ce avec sont aux cette ont son
    mais il elle été ses leur
es: el la los las de que y en un una por con para se del al su es lo más como ha pero sus este no fue
    son está sobre también
it: il di che la e un una per è in del della non con si da sono le gli i nel alla anche come più dei ha
    al lo delle
pt: o a os as de que e do da em um uma para com não se na no por mais dos das ao é foi como são à pelo
    pela também seu sua
nl: de het een van en in is dat op te voor met zijn die niet aan er om ook als door bij naar heeft uit
    maar worden nog wordt deze over
pl: i w z na że się nie do jest to o jak za po przez od ale co dla ma przy już są tym być który oraz
    jego czy tego
sv: och att det i en som är på av för med den till inte har om ett de var från vi men hon han sig kan så
    nu ska eller
da: og at det i en som er på af for med den til ikke har om et de var fra vi men hun han sig kan så nu
    skal eller blev
no: og at det i en som er på av for med den til ikke har om et de var fra vi men hun han seg kan så nå
    skal eller ble etter
fi: ja on ei että se oli hän ovat myös mutta kun joka tai mukaan sen jo vain niin kuin ole olisi tämä
    mitä ovat hänen
cs: a se v na je že o s z do i to k ve pro za by ale jako po které od který také jsou má při podle už
    bude než byl
sk: a sa v na je že o s z do i to k vo pre za by ale ako po ktoré od ktorý tiež sú má pri podľa už bude
    než bol
hu: a az és hogy nem is egy meg ez volt el azt csak de már még mint vagy ki ha szerint után amely között
    lesz
ro: și de în la a cu pe care că nu din o un mai este au pentru să fi ca sunt fost după prin dar sau lui
tr: ve bir bu için de da ile olarak çok daha olan gibi kadar sonra ne var en ama ise o olduğu göre her
id: yang dan di untuk dengan ini itu dari pada dalam tidak akan juga oleh ke adalah bisa karena telah
    sebagai ada para tersebut
ms: yang dan di untuk dengan ini itu dari pada dalam tidak akan juga oleh ke adalah boleh kerana telah
    sebagai ada beliau berkata
vi: và của là có cho không được với các trong một người những đã này khi từ đến về cũng tại để theo
ca: el la els les de que i en un una per amb del al és no es més com ha però són aquest també seva dels
hr: i je u na se da su za od s što kao koji nije bi ali će o to iz kako bio ili samo još prema
sl: in je v na se da so za od z ki kot ni bi pa bo o to iz kako tudi po ali še pri
lt: ir kad yra į su iš tai kaip bet dėl už jau apie buvo nuo tik pat jo bus savo
lv: un ir ka ar no par kas uz bet tas arī kā pēc vai bija to lai jau pie
et: ja on ei et ta see oli mis kui ning aga ka oma siis või kes pärast mille
eu: eta da du ez bat dute ere baina izan zuen dira hori egin bere behar
gl: o a os as de que e do da en un unha para con non se na no por máis dos das ao é foi como son á pola
    tamén seu súa
af: die en van in is dit wat het nie op vir met dat om te sy as aan was deur ook hulle maar
ru: и в не на что с он как по но из за его от для это к о был так же года у
uk: і в не на що з він як за та його від для це до про у був але року
bg: и на да се в за от не с е че по са като до си ще а той
sr: и је у на се да су за од са што као који није би али ће о то
ar: في من على إلى أن عن التي الذي هذا ما لا مع كان بعد قال
fa: و در به از که این را با است برای آن یک می خود
ur: کے کی میں کا اور سے ہے کو نے پر یہ کہ ہیں
hi: के में की है और से का को ने पर कि यह हैं भी एक
mr: आहे आणि या व की असे होते करण्यात त्यांनी
zu: ngoba ukuthi uma futhi kodwa lapho noma nge ku uthe bese le
"""


def _read(table: str) -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = {}
    language = ""
    for line in table.strip().splitlines():
        if not line.startswith(" "):
            language, _, line = line.partition(":")  # noqa: PLW2901
        words[language] = words.get(language, frozenset()) | frozenset(line.split())
    return words


WORDS = _read(_TABLE)
