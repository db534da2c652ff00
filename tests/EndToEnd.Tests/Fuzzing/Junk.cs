namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>What nobody should send, and somebody will.</summary>
public static class Junk
{
    static readonly string Long = new('a', 5_000);

    /// <summary>Raw JSON for a member of any type; the last few are no JSON at all.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999",
        "79228162514264337593543950335", "79228162514264337593543950336", "0.1", "0.01", "0.005", "1.0000000000", "0.00000000000000000000000000001", "1e-30", "1e308", "-1e308",
        "1e400", "1e2", "1E+2", "1e-2147483648", "1e2147483648", "999999999999999", "1000000000000000", "9999999999999.99",
        "\"\"", "\" \"", "\"0\"", "\"1\"", "\"-1\"", "\" 1 \"", "\"1,000\"", "\"0x10\"", "\"1e3\"", "\"1.5\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"٣\"", "\"１\"",
        "\"99999999999999999999\"", "\"0.00000000000000000000000000001\"", "\"AAPL\"", "\"aapl\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"x\\udfff\"", "\"\\udc00\\ud800\"",
        "\"\\u0001\\u001f\"", "\"line\\nbreak\"", "\"\\u202eevil\"", "\"\\ufeff\"", "\"😀\"", "\"ﬃ\"", "\"Å\"", "\"'; DROP TABLE users; --\"", "\"<script>alert(1)</script>\"", "\"%00\"",
        "\"../../etc/passwd\"", "\"a@b.c\"", "\"a@b\"", "\"@\"", "\"user-1\"", "\"account-1\"", "\"account-99999999999999999999\"", "\"order-0\"", "\"2024-01-15\"", "\"24:00\"", "\"12:34\"",
        "\"USD\"", "\"BUY\"", "\"buy\"", "\"LIMIT,STOP\"", "\"0\\u0000\"", $"\"{Long}\"", $"\"{string.Concat(Enumerable.Repeat("😀", 100))}\"", $"\"{new string('9', 400)}\"", new string('9', 400),
        "[]", "{}", "[null]", "[1]", "[\"AAPL\"]", "[\"AAPL\",\"AAPL\"]", "[\"\"]", "[\"\\u0000\"]", "[[\"AAPL\"]]", "{\"a\":1}", Nested(60), Nested(70), Nested(5_000), NestedObjects(70),
        $"[{string.Join(',', Enumerable.Repeat("\"AAPL\"", 101))}]", $"[{string.Join(',', Enumerable.Repeat("1", 10_000))}]",
        "NaN", "Infinity", "-Infinity", "+1", "01", ".5", "1.", "0x10", "'a'", "undefined", "\"open", "\"\\x\"", "\"\\ud8\"", "", "[", "{", "[1,]", "\"\u0001\"", "/* */1", "1 2",
    ];

    /// <summary>Raw text for a path segment or a query value; each is at least sound HTTP.</summary>
    public static readonly string[] Texts =
    [
        "0", "-1", "1", "1e9", "1000000000", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "-99999999999999999999", "1.5", "NaN", "Infinity", "abc", "true", "null",
        "order-", "order-0", "order-01", "order-1", "order--1", "order-+1", "order-1%20", "order-999999999999999999999", "order-9223372036854775807", "ORDER-1", "user-", "user-0", "user-9223372036854775807",
        "user-99999999999999999999", "user-1e1", "user-%EF%BC%91", "account-", "account-0", "account-9223372036854775807", "account-99999999999999999999", "position-1-1", "trade-1",
        "%F0%9F%98%80", "%EF%BF%BE", "%ED%A0%80", "%FF%FE", "%C0%AF", "%E2%80%AE", "%01", "%0A", "%0D%0A", "%7F", "%20", "%09", "%2525", "%27%3B%20DROP%20TABLE%20users%3B--", "%3Cscript%3E", "%2B", "+", "a+b", "*", "~",
        "SPOILT", "spoilt", "SPOILT%01", "A.PL", "A-PL", "AAPL,MSFT", "%C3%85", "ABCDEFGHIJKLMNOPQ", Long[..1_000],
        "2024-01-15", "2024-01-15T10:30:00Z", "2024-01-15T10:30:00%2B14:00", "0000-00-00", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "10000-01-01", "2024-02-30", "2024-01-15T25:00:00Z", "1705314600", "notadate", "-5",
        "NEW,PARTIAL", "NEW,,PARTIAL", "new", "BUY", "1m", "1d", "asc", "createdAt", "createdAt;drop", "createdAt,email",
    ];

    /// <summary>What the HTTP server may refuse by itself.</summary>
    public static readonly string[] NotHttpTexts = ["%00", "a%00b", "%", "%zz", "%u0041", "a b", "é", "\u0001", new('a', 9_000), "..", "../..", "%2e%2e", "%2e%2e%2f%2e%2e", "%2F", "..%5c", "a/b", "a//b", ";a=b", "a;b", "a\\b", "#", "a#b", "?", "?a=b"];

    public static readonly byte[][] Bodies =
    [
        [], .. Utf8("[]", "null", "true", "1", "\"x\"", "{", "}", "{}", " ", "{\"a\":1,}", "{,}", "{\"a\"}", "{a:1}", "{'a':1}", "[{}]", "{}{}", "{} x", "// x\n{}", "{\"\":1}", "{\"a\\u0000\":1}", "{\"\\ud800\":1}",
            Nested(64), Nested(65), Nested(100_000), NestedObjects(65), NestedObjects(10_000), $"[{Long}", "a=1&b=2", "<a/>", "NaN", "\0", "{\"\0\":1}"),
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], [0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0], [0xFE, 0xFF, 0, (byte)'{', 0, (byte)'}'], [0xFF], [0xC0, 0x80], [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'],
        [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8], [.. "{\"symbol\":\"A"u8, 0xFF, .. "PL\"}"u8], [.. "{\"\xC3\":1}"u8, 0xF5], new byte[1_000],
    ];

    public static readonly string[] MediaTypes =
    [
        "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream", "application/json-patch+json", "application/vnd.api+json",
        "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=bogus", "application/json;;;", "APPLICATION/JSON", "application/*", "*/*", ";;;", "json", "application/json, text/plain", Long[..500],
    ];

    public static readonly string[] Accepts =
    [
        "*/*", "application/json", "application/problem+json", "application/problem+json;q=0.1, text/html", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8", "application/xml", "application/vnd.mytradex.v2+json",
        "application/vnd.mytradex.v99+json", "application/vnd.mytradex.v99999999999999999999+json", "application/vnd.mytradex.v-1+json", "application/x-ndjson", "text/event-stream", ";;;,,,", "q=1", "a/b/c", "*", "é/ü", Long,
    ];

    public static readonly string[] Tokens =
    [
        "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Bearer ...", "Bearer é.ü.ß", "Bearer null", "Basic dXNlcjpwYXNz", "Basic", "ApiKey x", "Digest username=x", "x", ",", $"Bearer {Long}", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyLTEifQ.",
        "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyLTEiLCJleHAiOjk5OTk5OTk5OTl9.AAAA", "Bearer eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.AAAA", "Bearer eyJhbGciOiJIUzI1NiJ9.W10.AAAA", "Bearer e30.e30.e30",
    ];

    public static readonly string[] HeaderTexts = ["", " ", "x", "😀", "a b", "a,b", "a\tb", "\u0001", "\u007f", "é", "'; DROP", "../..", "{}", new('k', 64), new('k', 65), new('k', 128), new('k', 129), new('k', 255), new('k', 256), new('k', 5_000), "0", "-1", "99999999999999999999"];

    static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    static string NestedObjects(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    static IEnumerable<byte[]> Utf8(params string[] texts) => texts.Select(System.Text.Encoding.UTF8.GetBytes);
}
