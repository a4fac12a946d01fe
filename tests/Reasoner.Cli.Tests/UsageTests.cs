namespace Reasoner.Cli.Tests;

public sealed class UsageTests : TemporaryFolder
{
    [Theory]
    [InlineData()]
    [InlineData("bogus")]
    [InlineData("infer")]
    [InlineData("infer", "--rules", "r.srl", "--data", "d.nt", "--bogus")]
    [InlineData("infer", "--rules", "r.srl", "--data", "d.nt", "--max-facts", "0")]
    [InlineData("infer", "--rules", "r.srl", "--data", "d.nt", "--timeout", "soon")]
    [InlineData("infer", "--rules", "r.srl", "--data", "d.nt", "--max-memory", "0")]
    [InlineData("infer", "--rules", "r.srl", "--data", "d.nt", "--threads", "0")]
    [InlineData("prove", "--rules", "r.srl", "--data", "d.nt", "--fact", "a b c", "--format", "yaml")]
    [InlineData("convert", "a.nt")]
    [InlineData("convert", "a.nt", "b.trig")]
    [InlineData("convert", "a.bin", "b.nt")]
    [InlineData("verify", "no-such-file.json")]
    [InlineData("check", "no-such-file.srl")]
    [InlineData("infer", "--rules", "no-such-file.srl", "--data", "no-such-file.nt")]
    public void Wrong_usage_and_unreadable_input_give_2_and_a_message_on_standard_error(params string[] arguments)
    {
        var run = CommandRun.Of(arguments);

        Assert.Equal(2, run.Status);
        Assert.Contains("error", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_file_is_named()
    {
        var rules = Write("r.srl", FamilyRules);

        Assert.Equal($"error: there is no file {PathOf("d.nt")}; check the name and the folder.\n", CommandRun.Of("infer", "--rules", rules, "--data", PathOf("d.nt")).Error);
        Assert.Equal($"error: {PathOf(".nt")} is a folder; name a file in it.\n", CommandRun.Of("infer", "--rules", rules, "--data", Directory.CreateDirectory(PathOf(".nt")).FullName).Error);
        Assert.Equal(2, CommandRun.Of("infer", "--rules", rules, "--data", Write("d.ttl", FamilyData), "--out", PathOf("no/such/folder.nt")).Status);
    }

    [Fact]
    public void Malformed_files_give_1_and_the_position()
    {
        var rules = Write("r.srl", FamilyRules);
        var badRules = Write("bad.srl", "PREFIX : <http://example.org/>\nRULE { ?x :p ?y } WHERE { ?x :q ?z }");
        var data = Write("d.ttl", FamilyData);
        var badData = Write("bad.ttl", "@prefix : <http://example.org/> .\n:a :b :c ;; .\n:a nope .\n");

        var wrongRules = CommandRun.Of("infer", "--rules", badRules, "--data", data);
        var wrongData = CommandRun.Of("infer", "--rules", rules, "--data", badData);

        Assert.Equal((1, 1), (wrongRules.Status, wrongData.Status));
        Assert.StartsWith($"{badRules}:2:", wrongRules.Error, StringComparison.Ordinal);
        Assert.Contains(": error SRL0201:", wrongRules.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{badData}:3:", wrongData.Error, StringComparison.Ordinal);
        Assert.Equal("", wrongData.Output);
    }

    [Fact]
    public void Help_shows_examples_and_goes_to_standard_output()
    {
        var run = CommandRun.Of("infer", "--help");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("reasoner infer --rules family.srl --data people.ttl", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_has_examples_that_parse()
    {
        using var console = new CommandConsole(Stream.Null, Stream.Null, TextWriter.Null, _ => null);
        foreach (var command in CommandLine.Commands(new CommandSurroundings(console, CancellationToken.None)).Subcommands.SelectMany(Ends))
        {
            var examples = Assert.IsAssignableFrom<ReasonerCommand>(command).Examples;
            Assert.NotEmpty(examples);
            foreach (var example in examples)
            {
                var parsed = CommandLine.Commands(new CommandSurroundings(console, CancellationToken.None)).Parse(example.Split(" < ")[0].Replace('\'', '"'));
                Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
                Assert.Equal(command.Name, parsed.CommandResult.Command.Name);
            }
        }
    }

    private static IEnumerable<System.CommandLine.Command> Ends(System.CommandLine.Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Ends);

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public void NO_COLOR_forbids_colours(string value, bool allowed)
    {
        using var console = new CommandConsole(
            Stream.Null, Stream.Null, TextWriter.Null, name => name == "NO_COLOR" ? value : null, errorIsTerminal: true, outputIsTerminal: true);

        Assert.Equal(allowed, console.ColorsText);
        Assert.Equal(allowed, console.ColorsProgress);
        Assert.True(console.ShowsProgress);
    }
}
