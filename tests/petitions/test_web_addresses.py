"""Names that look like addresses, and addresses that look like names."""

import pytest

from petitions.web_addresses import holds_address

NAMES = """
J.de Vries|M.me Dupont|D.ssa Bianchi|Dott.ssa Anna Bianchi|Ph.D.|Ana Prova Ph.D.|St.Gallen|A.B.de Vries|Ma.Teresa López
Ma.de Lourdes Cruz|St.Louis|St.Paul|J.R.R.Tolkien|Arun s/o Raman|Anna/Marco Rossi|Biel/Bienne|J.Wang|Dr.Li|Prof.Kim
M.Sc. Anna Berg|B.Tech. Arun|Dr.med. Müller|Dipl.Ing. Huber|Ill.mo Rossi|А.С.Пушкин|М.де Вріс|د.محمد علي|น.ส.สมหญิง
א.ב.יהושע|Sig.ra Rossi|Frankfurt a.M.|Neustadt a.d.Aisch|Washington D.C.|S.José do Rio Preto|Mt.Pleasant
Robert Prova Jr.|乔治．布什|O’Neil-Smith Jr.|J.van der Berg|P.C.Hooft|c/o Rossi|K.Ng
Chr.de Wit|Nguyễn T.Ánh|e.e. cummings
"""
ADDRESSES = """
Ana пример.рф|evil.app|t.me/x|t.me|Visit t.me|bit.ly/abc|Win at bit.ly|free．com|evil。com|evil｡com|ｅｖｉｌ．ｃｏｍ
www.spam.example|http://x|https:x|ftp://x|me@mail.example|me＠mail.example|Evil.Com|EVIL.COM|Evil.App|例子.中国|公司.公司
شركة.قطر|उदाहरण.भारत|ตัวอย่าง.ไทย|예시.한국|naver.com에서 봐|Купи на сайт.онлайн|xn--e1afmkfd.xn--p1ai|1.2.3.4|ⓔⓥⓘⓛ.ⓒⓞⓜ
evil․com|evil.co.uk|shop.evil.de|buy-now.shop!|(evil.net)|evil.com.Ana|x.de|M.me/evil|evil.com.np|evil.app/M.me|A.B.com
Evil.ru Ana|evil.de Ana|Pills.Online
"""


def listed(table):
    return [entry for line in table.strip().splitlines() for entry in line.split("|")]


@pytest.mark.parametrize("name", listed(NAMES))
def test_name_written_without_a_space_is_no_address(name):
    assert not holds_address(name)


@pytest.mark.parametrize("text", listed(ADDRESSES))
def test_address_is_found_in_any_script(text):
    assert holds_address(text)
