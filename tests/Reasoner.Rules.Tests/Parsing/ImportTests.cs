namespace Reasoner.Rules.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reasoner-imports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Imports_are_relative_to_their_file_and_read_once_in_order()
    {
        Write("main.srl", "PREFIX : <http://e/> BASE <http://elsewhere/> IMPORTS <lib/a.srl> IMPORTS <lib/b.srl> RULE :main {} WHERE {} DATA { _:x :p 1 }");
        Write("lib/a.srl", "PREFIX : <http://e/> IMPORTS <b.srl> IMPORTS <../main.srl> RULE :a {} WHERE {} DATA { _:x :p 2 }");
        Write("lib/b.srl", "PREFIX : <http://b/> IMPORTS <a.srl> RULE :b {} WHERE {}");
        var reading = RuleSetReader.ReadFiles([Path.Combine(_folder, "main.srl")]);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(["http://e/main", "http://e/a", "http://b/b"], reading.RuleSet.Rules.Select(rule => rule.Name!.Value));
        Assert.Equal(Path.Combine(_folder, "lib/b.srl"), reading.RuleSet.Rules[2].Position.File);
        Assert.Equal("http://e/", reading.RuleSet.Prefixes[""]);
        Assert.Equal(2, reading.RuleSet.Data.Select(fact => fact.Triple.Subject).Distinct().Count());
    }

    [Fact]
    public void A_file_is_its_own_base()
    {
        Write("main.srl", "RULE <#r> {} WHERE {}");
        var name = RuleSetReader.ReadFiles([Path.Combine(_folder, "main.srl")]).RuleSet.Rules.Single().Name!.Value;
        Assert.Equal(new Uri(Path.Combine(_folder, "main.srl")).AbsoluteUri + "#r", name);
    }

    [Theory]
    [InlineData("<none.srl>", "There is no file")]
    [InlineData("<../outside.srl>", "outside")]
    [InlineData("<%2e%2e/outside.srl>", "outside")]
    [InlineData("<http://example/rules.srl>", "is no file")]
    [InlineData("<file:///etc/passwd>", "outside")]
    [InlineData("<>", "is no file")]
    public void What_may_not_be_imported_is_an_error_at_its_place(string reference, string problem)
    {
        Write("inside/main.srl", $"\n  IMPORTS {reference}");
        Write("outside.srl", "");
        var path = Path.Combine(_folder, "inside", "main.srl");
        var diagnostic = Assert.Single(RuleSetReader.ReadFiles([path]).Diagnostics);
        Assert.Equal(DiagnosticCodes.ImportNotAllowed, diagnostic.Code);
        Assert.Equal($"{path}:2:11", diagnostic.Position.ToString());
        Assert.Contains(problem, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_leads_no_import_outside()
    {
        Write("outside.srl", "");
        Write("inside/main.srl", "IMPORTS <link.srl>");
        File.CreateSymbolicLink(Path.Combine(_folder, "inside", "link.srl"), Path.Combine(_folder, "outside.srl"));
        Assert.True(RuleSetReader.ReadFiles([Path.Combine(_folder, "inside", "main.srl")]).HasErrors);
    }

    [Fact]
    public void A_text_without_a_place_imports_nothing() =>
        Assert.Equal(DiagnosticCodes.ImportNotAllowed, Assert.Single(RuleSetReader.Parse("BASE <http://e/> IMPORTS <a.srl>", "request").Diagnostics).Code);

    [Fact]
    public void Files_that_cannot_be_read_are_errors()
    {
        var bad = Path.Combine(_folder, "bad.srl");
        File.WriteAllBytes(bad, [0x23, 0xFF, 0xFE]);
        var reading = RuleSetReader.ReadFiles([bad, Path.Combine(_folder, "none.srl"), _folder]);
        Assert.Equal(3, reading.Diagnostics.Count(diagnostic => diagnostic.Code == DiagnosticCodes.UnreadableFile));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
