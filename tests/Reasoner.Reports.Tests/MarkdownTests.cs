using System.Text.RegularExpressions;

namespace Reasoner.Reports.Tests;

public class MarkdownTests
{
    [Theory]
    [InlineData("<b>&", "&lt;b&gt;&amp;")]
    [InlineData("*a* _b_ `c` ~d~ $e$", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\$e\\$")]
    [InlineData("[x](javascript:y)", "\\[x\\](javascript:y)")]
    [InlineData("a|b\r\n# c", "a\\|b  \\# c")]
    [InlineData("12. item", "12\\. item")]
    [InlineData("3) item", "3\\) item")]
    [InlineData("  - item", "\\- item")]
    [InlineData("+ item", "\\+ item")]
    [InlineData("58.1 % of 12", "58.1 % of 12")]
    [InlineData("2026", "2026")]
    [InlineData("7.", "7\\.")]
    [InlineData("", "")]
    public void Text_is_escaped(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Fact]
    public void A_fence_is_longer_than_any_in_the_text() =>
        Assert.Equal("`````text\n````\nx\n`````", MarkdownText.Fenced("````\r\nx"));

    [Fact]
    public void Hostile_text_makes_no_markup_and_only_web_links()
    {
        var text = Cases.Write(Cases.Record("hostile"), ReportFormat.Markdown);
        var fence = text.LastIndexOf("````text\n", StringComparison.Ordinal);
        var end = text.IndexOf("\n````\n", fence, StringComparison.Ordinal);
        var outside = text[..fence] + text[end..];
        Assert.DoesNotMatch(@"<(?!https?://)", outside);
        Assert.All(Regex.Matches(outside, @"(?<!\\)\]\((.*?)\)").Select(match => match.Groups[1].Value), link => Assert.StartsWith("<https://example.org/", link));
        Assert.DoesNotMatch(@"(?m)^# (?!Decision on)", outside);
    }
}
