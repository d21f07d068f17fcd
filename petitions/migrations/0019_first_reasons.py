"""The reasons that every site begins with; organizers change their words and add to them."""

from django.db import migrations

# By key: whether it is about the law, then title and sentence in each language.
REASONS = {
    "insult": (
        False,
        {
            "en": (
                "Speaks ill of a people or a city",
                "We ask leaders of a city for help, so we publish no words against a people, a city or a faith.",
            ),
            "it": (
                "Parla male di un popolo o di una città",
                "Chiediamo aiuto a chi guida una città: per questo non pubblichiamo parole contro un popolo, una città "
                "o una fede.",
            ),
            "ko": (
                "특정 민족이나 도시를 비하하는 내용",
                "저희는 도시의 지도자에게 도움을 청하고 있기에, 어떤 민족이나 도시, 신앙을 비하하는 글은 싣지 않습니다.",
            ),
        },
    ),
    "threat": (
        False,
        {
            "en": (
                "Threat or abuse",
                "We publish no threats and no abuse, however grave the cause: everybody is to feel safe here.",
            ),
            "it": (
                "Minacce o insulti",
                "Non pubblichiamo minacce né insulti, per quanto grave sia il motivo: qui chiunque deve sentirsi al "
                "sicuro.",
            ),
            "ko": (
                "위협이나 욕설",
                "아무리 심각한 일이라도 위협이나 욕설은 싣지 않습니다. 누구나 이곳에서 안심할 수 있어야 합니다.",
            ),
        },
    ),
    "privacy": (
        False,
        {
            "en": (
                "Somebody’s private data",
                "We publish no address, number or other private detail of a person who did not agree to it.",
            ),
            "it": (
                "Dati privati di qualcuno",
                "Non pubblichiamo indirizzi, numeri o altri dati privati di chi non ha dato il proprio consenso.",
            ),
            "ko": (
                "다른 사람의 개인정보",
                "본인이 동의하지 않은 주소, 전화번호 등 개인정보는 싣지 않습니다.",
            ),
        },
    ),
    "graphic": (
        False,
        {
            "en": (
                "Too graphic without a warning",
                "It shows or describes suffering so closely that readers should be warned first. "
                "Say it in gentler words and we gladly publish it.",
            ),
            "it": (
                "Troppo crudo senza un avviso",
                "Mostra o descrive la sofferenza così da vicino che chi legge va prima avvisato. "
                "Con parole più lievi lo pubblichiamo volentieri.",
            ),
            "ko": (
                "미리 알리지 않은 잔혹한 묘사",
                "고통을 너무 생생하게 보여 주거나 묘사하여, 읽는 분께 먼저 알려야 하는 내용입니다. "
                "조금 더 부드럽게 써 주시면 기꺼이 싣겠습니다.",
            ),
        },
    ),
    "advertising": (
        False,
        {
            "en": ("Advertising", "Comments here are about the petition; we publish no advertising."),
            "it": ("Pubblicità", "Qui i commenti riguardano la petizione: non pubblichiamo pubblicità."),
            "ko": ("광고", "이곳의 댓글은 청원에 관한 것입니다. 광고는 싣지 않습니다."),
        },
    ),
    "off-topic": (
        False,
        {
            "en": (
                "About something else",
                "It is about something else than this petition, and readers come here for the petition.",
            ),
            "it": (
                "Riguarda altro",
                "Riguarda altro rispetto a questa petizione, e chi legge viene qui per la petizione.",
            ),
            "ko": (
                "청원과 관계없는 내용",
                "이 청원과 관계없는 내용입니다. 읽는 분들은 이 청원을 보러 이곳에 오십니다.",
            ),
        },
    ),
    "illegal": (
        True,
        {
            "en": ("Illegal content", "We believe that the law does not allow us to publish it."),
            "it": ("Contenuto illegale", "Riteniamo che la legge non ci permetta di pubblicarlo."),
            "ko": ("불법 콘텐츠", "법에 따라 실을 수 없는 내용이라고 판단했습니다."),
        },
    ),
}


def add_reasons(apps, schema_editor):
    reasons, texts = apps.get_model("petitions", "Reason"), apps.get_model("petitions", "ReasonText")
    for position, (key, (is_illegal, words)) in enumerate(REASONS.items(), 1):
        reason = reasons.objects.create(key=key, position=10 * position, is_illegal=is_illegal)
        for language, (title, sentence) in words.items():
            texts.objects.create(reason=reason, language=language, title=title, sentence=sentence)


class Migration(migrations.Migration):
    dependencies = [("petitions", "0018_reasons_and_decisions")]
    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
