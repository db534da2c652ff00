using System.Text;
using MyTradeX.Server.Features.Files;
using Xunit;

namespace MyTradeX.Server.Tests.Files;

public sealed class NamingAFile
{
    [Theory]
    [InlineData("report.txt", "report.txt")]
    [InlineData("Report.TXT", "Report.TXT")]
    [InlineData("/etc/passwd", "passwd.txt")]
    [InlineData(@"C:\Users\me\notes.md", "notes.md")]
    [InlineData(@"..\run.bat", "run.bat.txt")]
    [InlineData("invoice.exe", "invoice.exe.txt")]
    [InlineData("Statement 01.2024", "Statement 01.2024.txt")]
    [InlineData("a\r\nSet-Cookie: x=1", "aSet-Cookie_ x=1.txt")]
    [InlineData("gpj.\u202Etxt", "gpj.txt")]
    [InlineData("a\0b.txt", "ab.txt")]
    [InlineData("<b>\"x\".txt", "_b__x_.txt")]
    [InlineData("  . ", "file.txt")]
    [InlineData("..", "file.txt")]
    [InlineData("", "file.txt")]
    [InlineData(null, "file.txt")]
    [InlineData("Kontoauszug März – 你好 🙂.txt", "Kontoauszug März – 你好 🙂.txt")]
    public void keeps_what_people_read_and_ends_in_the_types_extension(string? given, string shown) => Assert.Equal(shown, FileName.Clean(given, FileType.Text));

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("🙂")]
    [InlineData("👩‍👩‍👧‍👦")]
    public void is_cut_between_characters_at_what_a_file_system_takes(string character)
    {
        var name = FileName.Clean(string.Concat(Enumerable.Repeat(character, 300)) + ".pdf", FileType.Pdf);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), FileName.BytesMax - 30, FileName.BytesMax);
        Assert.EndsWith(".pdf", name);
        Assert.DoesNotContain("\uFFFD", name);
    }

    [Fact]
    public void half_a_surrogate_does_not_get_through() => Assert.Equal("a\uFFFD.txt", FileName.Clean("a\uD83D.txt", FileType.Text));
}
