"""Text that breaks software."""

NAUGHTY = [
    "a" * 10_000, "ä" * 10_000, "wort " * 5_000, "' OR '1'='1", "'; DROP TABLE ideas; --", "%%%", "___", "\\\\", "\x00",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "👩‍👩‍👧", "\u202eabc", "zwj\u200dzwj",
    "Z\u0351\u0343\u0357a\u0310l\u0343g\u0305o", "ﷺ" * 50, "ⅷ", "①", "１２３", "Ω≈ç√∫", "田中さん", "العربية",
    "<script>", "{{7*7}}", "${7*7}", "NULL", "undefined", "1e309", "-1", "0x0", "^ab", "ab$", "^$", "*" * 300,
    "(" * 300, "\t\n\r", "a b c d e f g h i j k l", "ß", "ẞ", "İi̇ıI", "ǅ", "a\u0300" * 500,
]  # fmt: skip
