"""Names of currencies: a code, a sign or a word; the country resolves an ambiguous name.

Codes: ISO 4217, from CLDR through Babel 2.18, former currencies included (read on 2026-12-01). West
and Central African francs: the members of the two unions, UEMOA and CEMAC (read on 2026-12-01).
"""

import re
import unicodedata
from collections.abc import Sequence

CODES = frozenset(
    """
ADP AED AFA AFN ALK ALL AMD ANG AOA AOK AON AOR ARA ARL ARM ARP ARS ATS AUD AWG AZM AZN BAD BAM
BAN BBD BDT BEC BEF BEL BGL BGM BGN BGO BHD BIF BMD BND BOB BOL BOP BOV BRB BRC BRE BRL BRN BRR
BRZ BSD BTN BUK BWP BYB BYN BYR BZD CAD CDF CHE CHF CHW CLE CLF CLP CNH CNX CNY COP COU CRC CSD
CSK CUC CUP CVE CYP CZK DDM DEM DJF DKK DOP DZD ECS ECV EEK EGP ERN ESA ESB ESP ETB EUR FIM FJD
FKP FRF GBP GEK GEL GHC GHS GIP GMD GNF GNS GQE GRD GTQ GWE GWP GYD HKD HNL HRD HRK HTG HUF IDR
IEP ILP ILR ILS INR IQD IRR ISJ ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRH KRO KRW KWD KYD KZT
LAK LBP LKR LRD LSL LTL LTT LUC LUF LUL LVL LVR LYD MAD MAF MCF MDC MDL MGA MGF MKD MKN MLF MMK
MNT MOP MRO MRU MTL MTP MUR MVP MVR MWK MXN MXP MXV MYR MZE MZM MZN NAD NGN NIC NIO NLG NOK NPR
NZD OMR PAB PEI PEN PES PGK PHP PKR PLN PLZ PTE PYG QAR RHD ROL RON RSD RUB RUR RWF SAR SBD SCR
SDD SDG SDP SEK SGD SHP SIT SKK SLE SLL SOS SRD SRG SSP STD STN SUR SVC SYP SZL THB TJR TJS TMM
TMT TND TOP TPE TRL TRY TTD TWD TZS UAH UAK UGS UGX USD USN USS UYI UYP UYU UYW UZS VEB VED VEF
VES VND VNN VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XEU XFO XFU XOF XPD XPF XPT XRE XSU
XTS XUA XXX YDD YER YUD YUM YUN YUR ZAL ZAR ZMK ZMW ZRN ZRZ ZWD ZWG ZWL ZWR
""".split()
)
_NAMES = {
    "EUR": "€|euro|euros",
    "USD": "us$|$us|usd$|dollar américain|dollars américains|dollars us|dollars des états-unis",
    "CAD": "$ca|ca$|c$|$can|dollar canadien|dollars canadiens",
    "GBP": "£|livre sterling|livres sterling",
    "CHF": "franc suisse|francs suisses",
    "XPF": "fcfp|f cfp|franc pacifique|francs pacifique|francs cfp",
    "MGA": "ar|ariary|ariarys",
    "MAD": "dh|dhs|dirham marocain|dirhams marocains",
    "KMF": "franc comorien|francs comoriens",
    "CDF": "fc|franc congolais|francs congolais",
    "GNF": "fg|franc guinéen|francs guinéens",
    "DJF": "franc djiboutien|francs djiboutiens",
    "RWF": "franc rwandais|francs rwandais",
    "BIF": "fbu|franc burundais|francs burundais",
    "FRF": "ff|franc français|francs français",
    "HTG": "gourde|gourdes",
    "GHS": "cedi|cedis",
    "NGN": "₦|naira|nairas",
    "INR": "₹",
    "ETB": "birr|birrs",
    "KHR": "riel|riels",
    "VND": "₫|dong|dongs",
    "LAK": "kip|kips",
    "MRU": "ouguiya|ouguiyas",
    "AMD": "dram|drams",
    "UAH": "₴|hryvnia|hryvnias",
    "BRL": "r$|réal|réaux|reais",
    "ZAR": "rand|rands",
    "CNY": "yuan|yuans",
    "JPY": "¥|yen|yens",
    "ILS": "₪|shekel|shekels",
    "HNL": "lempira|lempiras",
    "PEN": "sol|soles",
    "BOB": "boliviano|bolivianos",
    "CVE": "escudo|escudos",
    "GMD": "dalasi|dalasis",
    "GTQ": "quetzal|quetzals",
}
# Names shared by several countries, with the currency of each by ISO 3166-1 code.
_WEST = dict.fromkeys("BJ BF CI GW ML NE SN TG".split(), "XOF")
_CENTRAL = dict.fromkeys("CM CF TD CG GQ GA".split(), "XAF")
_SHARED: dict[str, dict[str, str]] = {
    "franc CFA": _WEST | _CENTRAL,
    "dollar": {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "LR": "LRD", "NA": "NAD",
               "JM": "JMD", "TT": "TTD", "GY": "GYD", "SR": "SRD", "FJ": "FJD", "SB": "SBD"},
    "dinar": {"TN": "TND", "DZ": "DZD", "LY": "LYD", "RS": "RSD", "JO": "JOD", "IQ": "IQD",
              "KW": "KWD", "BH": "BHD"},
    "dirham": {"MA": "MAD", "EH": "MAD", "AE": "AED"},
    "roupie": {"IN": "INR", "NP": "NPR", "LK": "LKR", "PK": "PKR", "MU": "MUR", "SC": "SCR",
               "ID": "IDR"},
    "livre": {"GB": "GBP", "EG": "EGP", "LB": "LBP", "SD": "SDG", "SS": "SSP", "SY": "SYP"},
    "peso": {"MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "CU": "CUP", "DO": "DOP",
             "PH": "PHP", "UY": "UYU"},
    "shilling": {"KE": "KES", "TZ": "TZS", "UG": "UGX", "SO": "SOS"},
    "franc": {**_WEST, **_CENTRAL, "CD": "CDF", "GN": "GNF", "KM": "KMF", "DJ": "DJF", "RW": "RWF",
              "BI": "BIF", "CH": "CHF", "PF": "XPF", "NC": "XPF", "WF": "XPF"},
    "leu": {"RO": "RON", "MD": "MDL"},
    "couronne": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "CZ": "CZK", "IS": "ISK"},
}  # fmt: skip
_SPELLINGS = {
    "franc CFA": "fcfa cfa xcfa",
    "dollar": "$ dollar dollars",
    "dinar": "dinar dinars dt da",
    "dirham": "dirham dirhams",
    "roupie": "roupie roupies rs",
    "livre": "livre livres",
    "peso": "peso pesos",
    "shilling": "shilling shillings",
    "franc": "f fr franc francs",
    "leu": "leu lei",
    "couronne": "couronne couronnes",
}
# The usual names of the countries of these currencies, in addition to their codes.
_PLACES = {
    name: code
    for code, names in {
        "BJ": "benin", "BF": "burkina faso|burkina", "CI": "cote d ivoire|rci", "NE": "niger",
        "GW": "guinee bissau", "ML": "mali", "SN": "senegal", "TG": "togo", "CM": "cameroun",
        "CF": "republique centrafricaine|centrafrique|rca", "TD": "tchad", "GA": "gabon",
        "CG": "congo|congo brazzaville|republique du congo", "GQ": "guinee equatoriale",
        "CD": "rdc|rd congo|congo kinshasa|republique democratique du congo|congo rdc",
        "GN": "guinee|guinee conakry", "KM": "comores|union des comores", "DJ": "djibouti",
        "RW": "rwanda", "BI": "burundi", "CH": "suisse", "PF": "polynesie francaise",
        "NC": "nouvelle caledonie", "US": "etats unis|usa", "CA": "canada", "HT": "haiti",
        "TN": "tunisie", "DZ": "algerie", "LY": "libye", "RS": "serbie", "JO": "jordanie",
        "IQ": "irak|iraq", "KW": "koweit", "MA": "maroc", "IN": "inde", "NP": "nepal",
        "LK": "sri lanka", "PK": "pakistan", "MU": "maurice|ile maurice", "ID": "indonesie",
        "GB": "royaume uni", "EG": "egypte", "LB": "liban", "SD": "soudan", "SY": "syrie",
        "MX": "mexique", "AR": "argentine", "CL": "chili", "CO": "colombie", "CU": "cuba",
        "DO": "republique dominicaine", "PH": "philippines", "UY": "uruguay", "KE": "kenya",
        "TZ": "tanzanie", "UG": "ouganda", "SO": "somalie", "RO": "roumanie", "MD": "moldavie",
    }.items()
    for name in names.split("|")
}  # fmt: skip
_USUAL = {"dollar": "USD", "dirham": "MAD"}  # used without a country, with a remark


def _key(name: str) -> str:
    """Return a name without spaces and dots, with « francs » as « franc », to compare names."""
    bare = re.sub(r"[\s.’'\-]+", "", name.casefold())
    return re.sub(r"^(francs?|frs?)(?=cfa)", "f", bare)


_BY_NAME = {_key(name): code for code, text in _NAMES.items() for name in text.split("|")}
_BY_SPELLING = {_key(name): kind for kind, text in _SPELLINGS.items() for name in text.split()}


def currency_of(name: str, countries: Sequence[str] = ()) -> tuple[str, str]:
    """Return (ISO code of a currency, French remark or "") for a name typed by people.

    Args:
        name: a code, a sign or a word, such as « XOF », « € », « F CFA ».
        countries: the countries that the amount is about, by name or ISO 3166-1 code.

    Raises:
        ValueError: the currency is unknown, or shared by several countries; the message is in
            French.
    """
    bare = " ".join(name.split())
    if bare.upper() in CODES:
        return bare.upper(), ""
    key = _key(bare)
    if key in _BY_NAME:
        return _BY_NAME[key], ""
    kind = _BY_SPELLING.get(key)
    if kind is None:
        raise ValueError(f"monnaie inconnue : « {bare[:20]} » (attendu : « € », « XOF », « USD »)")
    places = (_place(each) for each in countries)
    codes = dict.fromkeys(_SHARED[kind][code] for code in places if code in _SHARED[kind])
    if len(codes) == 1:
        return next(iter(codes)), ""
    if kind in _USUAL and not codes:
        return _USUAL[kind], f"« {bare} » compris comme {_USUAL[kind]} : vérifiez"
    raise ValueError(_which(kind, bare))


def _place(country: str) -> str:
    """Return the ISO code of a country with a shared currency, given its usual name or code."""
    spread = unicodedata.normalize("NFKD", country.casefold())
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    name = " ".join(re.findall(r"[a-z]+", bare.partition("(")[0] if len(bare) > 3 else bare))
    entire = " ".join(re.findall(r"[a-z]+", bare))
    return _PLACES.get(entire) or _PLACES.get(name) or country.strip().upper()


def _which(kind: str, name: str) -> str:
    if kind == "franc CFA":
        return "franc CFA : précisez XOF (Afrique de l’Ouest) ou XAF (Afrique centrale)"
    codes = list(dict.fromkeys(_SHARED[kind].values()))
    return f"« {name[:20]} » : précisez le code de la monnaie ({', '.join(codes[:3])}...)"
