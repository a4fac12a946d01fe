using System.Text.Json.Nodes;

namespace Reasoner.Cli.Tests;

/// <summary>The shipped lending domain through the command line, as a user would run it.</summary>
public sealed class DecisionTests : TemporaryFolder
{
    private static readonly string Lending = Path.Combine(Repository(), "ontologies", "lending");

    [Fact]
    public void Decides_the_sample_case_in_words_with_proofs()
    {
        var run = CommandRun.Of("decide", Lending);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("DECIDED: Decline", run.Output, StringComparison.Ordinal);
        Assert.Contains("R03 Debt-to-income of 42.4 % is above the ceiling of 40.0 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("by Debt-to-income ceiling", run.Output, StringComparison.Ordinal);
        Assert.Contains("[request:29]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_record_verifies_and_a_changed_one_is_refused()
    {
        var record = PathOf("d.json");
        Assert.Equal(0, CommandRun.Of("decide", Lending, "--format", "json", "--out", record).Status);

        // The record names its domain; verify finds it from the folder of the program upwards.
        Assert.Equal(0, CommandRun.Of("verify", record).Status);

        var node = JsonNode.Parse(File.ReadAllText(record))!;
        node["proofs"]!["p1"]!["bindings"]!["dti"] = "\"39.9\"^^<http://www.w3.org/2001/XMLSchema#decimal>";
        File.WriteAllText(record, node.ToJsonString());
        var refused = CommandRun.Of("verify", record);
        Assert.Equal(1, refused.Status);
        Assert.StartsWith("refused: p1", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_give_the_same_bytes_but_for_id_and_timings()
    {
        string Run()
        {
            var node = JsonNode.Parse(CommandRun.Of("decide", Lending, "--format", "json").Output)!.AsObject();
            Assert.True(node.Remove("id") && node.Remove("timings"));
            return node.ToJsonString();
        }

        Assert.Equal(Run(), Run());
    }

    [Theory]
    [InlineData("none", false, false)]
    [InlineData("summary", true, false)]
    [InlineData("full", true, true)]
    public void Explains_as_much_as_was_asked_for(string explain, bool hasReasons, bool hasProofs)
    {
        var record = JsonNode.Parse(CommandRun.Of("decide", Lending, "--format", "json", "--explain", explain).Output)!;

        Assert.Equal(hasReasons, record["candidates"]![0]!["violations"]![0]!["because"] is not null);
        Assert.Equal(hasProofs, record["proofs"]!.AsObject().Count > 0);
    }

    [Fact]
    public void Decides_a_case_from_standard_input()
    {
        var sample = File.ReadAllText(Path.Combine(Lending, "sample-case.json"));
        var run = CommandRun.With(new Dictionary<string, string>(), sample, "decide", Lending, "--case", "-", "--format", "json");
        Assert.Equal("urn:case:sample", JsonNode.Parse(run.Output)!["subject"]!.GetValue<string>());
    }

    [Fact]
    public void A_batch_gives_a_line_for_each_case_in_order_and_goes_on_where_it_was_interrupted()
    {
        var one = JsonNode.Parse(File.ReadAllText(Path.Combine(Lending, "sample-case.json")))!.ToJsonString();
        var batch = Write("cases.ndjson", $"{one}\n{{\"@type\": \n{one.Replace("urn:case:sample\"", "urn:case:third\"", StringComparison.Ordinal)}\n");
        var output = PathOf("out.ndjson");

        var run = CommandRun.Of("decide", Lending, "--batch", batch, "--out", output, "--workers", "2");

        Assert.Equal(1, run.Status);
        Assert.Contains("2 verified, 0 refused by the checker", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 cases were not decided", run.Error, StringComparison.Ordinal);
        var lines = File.ReadAllLines(output);
        Assert.Equal(3, lines.Length);
        Assert.Equal(2, JsonNode.Parse(lines[1])!["line"]!.GetValue<int>());
        Assert.Equal("urn:case:third", JsonNode.Parse(lines[2])!["subject"]!.GetValue<string>());
        Assert.Equal(0, CommandRun.Of("verify", output).Status);

        File.WriteAllText(output, $"{lines[0]}\n{lines[1]}\n{lines[2][..40]}");
        CommandRun.Of("decide", Lending, "--batch", batch, "--out", output, "--resume");
        Assert.Equal(3, File.ReadAllLines(output).Length);
        Assert.Equal("urn:case:third", JsonNode.Parse(File.ReadAllLines(output)[2])!["subject"]!.GetValue<string>());
    }

    [Fact]
    public void Reports_a_record_as_html_and_markdown()
    {
        var record = PathOf("d.json");
        CommandRun.Of("decide", Lending, "--format", "json", "--out", record);

        Assert.Contains("<svg", CommandRun.Of("report", record, "--format", "html").Output, StringComparison.Ordinal);
        Assert.Contains("R03", CommandRun.Of("report", record, "--format", "md").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_tests_pass_and_every_rule_fires()
    {
        var run = CommandRun.Of("test", Lending);
        Assert.Equal(0, run.Status);
        Assert.Contains("127 of 127 rules fired (100 %)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_domain_checks_clean_even_strictly()
    {
        var run = CommandRun.Of("check", Lending, "--strict");
        Assert.Equal((0, "", "127 rules, 0 errors, 0 warnings\n"), (run.Status, run.Error, run.Output));
    }

    [Fact]
    public void A_table_of_the_card_domain_is_decided_and_verified()
    {
        var cards = Path.Combine(Repository(), "ontologies", "card-default");
        var records = PathOf("accounts.ndjson");
        Assert.Equal(0, CommandRun.Of("decide", cards, "--batch", Path.Combine(cards, "data", "sample-accounts.csv"), "--out", records).Status);

        var statuses = File.ReadLines(records).Select(line => JsonNode.Parse(line)!["status"]!.GetValue<string>()).ToList();
        Assert.Equal(400, statuses.Count);
        Assert.DoesNotContain("infeasible", statuses);
        Assert.Contains("abstained", statuses);
        Assert.Contains("accepted: 400 decisions", CommandRun.Of("verify", records).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Low_effort_says_what_was_not_tried_and_that_more_effort_would_try_it()
    {
        var run = CommandRun.Of("decide", Lending, "--effort", "low", "--explain", "none");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"\n3\. \w+ +score 0\.\d{3}  not tried\n   One that was tried before it stands; more effort would try this one too\.\n", run.Output);
        Assert.Matches("; effort low, rounds [12]\n", run.Output);
        foreach (var format in new[] { "html", "md" })
        {
            var report = CommandRun.Of("decide", Lending, "--effort", "low", "--format", format).Output;
            Assert.Contains("This candidate was not tried, because one that was tried before it stands. More effort would try it.", report, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("not tried", CommandRun.Of("decide", Lending, "--effort", "high").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("")]
    public void There_is_no_such_effort(string effort)
    {
        var run = CommandRun.Of("decide", Lending, "--effort", effort);
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains("medium", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluates_the_domains_own_sample()
    {
        var evaluated = JsonNode.Parse(CommandRun.Of("evaluate", Lending, "--format", "json").Output)!;
        Assert.Equal(300, evaluated["rows"]!.GetValue<int>());
        Assert.InRange(evaluated["pipeline"]!["accuracy"]!.GetValue<double>(), 0.5, 1);
        Assert.Equal(0, evaluated["pipeline"]!["invalid"]!.GetValue<double>());
        Assert.NotNull(evaluated["model"]!["intervals"]!["auc"]!["lower"]);
        Assert.Equal(3, evaluated["fairness"]!["attributes"]!.AsArray().Count);
    }

    [Fact]
    public void Evaluates_in_words_with_intervals_only_where_they_are_asked_for()
    {
        var run = CommandRun.Of("evaluate", Lending, "--resamples", "20");
        Assert.Equal(0, run.Status);
        foreach (var part in new[] { "20 resamples", "answers breaking a rule", "four-fifths ratio, both", "under 25", "costs nothing" })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        Assert.Matches(@"AUC +0\.\d{3} \[0\.\d{3} 0\.\d{3}\]", run.Output);
        Assert.DoesNotContain("[0.", CommandRun.Of("evaluate", Lending, "--resamples", "0").Output, StringComparison.Ordinal);
        Assert.Equal(2, CommandRun.Of("evaluate", Lending, "--resamples", "-1").Status);
    }

    public static TheoryData<string, string, int, string> BadCases => new()
    {
        { "malformed JSON", "{ \"@type\": \"CreditApplication\",\n \"amount\": }", 1, "case.json:2:12" },
        { "unknown property", Case("\"ammount\": 5"), 1, "amount" },
        { "wrong datatype", Case("\"amount\": \"much\""), 1, "amount" },
        { "a conclusion", Case("\"unobstructed\": true"), 1, "for the rules to conclude" },
        { "nothing to decide about", "{ \"@type\": \"Applicant\" }", 1, "CreditApplication" },
        { "missing properties", "{ \"@type\": \"CreditApplication\" }", 1, "shape" },
        { "too large", $"{{ \"@type\": \"{new string('x', 1_000_001)}\" }}", 2, "at most 1000000" },
    };

    [Theory]
    [MemberData(nameof(BadCases))]
    public void A_bad_case_gets_its_own_message_and_no_trace(string what, string text, int status, string message)
    {
        var run = CommandRun.Of("decide", Lending, "--case", Write("case.json", text));

        Assert.True((run.Status, run.Output) == (status, ""), $"{what}: {run}");
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_domain_names_the_known_ones()
    {
        var run = CommandRun.Of("decide", "lendin");
        Assert.Equal(2, run.Status);
        Assert.Contains("Known are: card-default, lending, rostering", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_or_missing_model_is_refused_with_advice()
    {
        var copy = CopyOfLending();
        File.AppendAllText(Path.Combine(copy, "ontologies", "lending", "model", "proposer.onnx"), "x");
        var damaged = CommandRun.Of("decide", Path.Combine(copy, "ontologies", "lending"));
        Assert.Equal(2, damaged.Status);
        Assert.Contains("not the file that its card describes", damaged.Error, StringComparison.Ordinal);

        File.Delete(Path.Combine(copy, "ontologies", "lending", "model", "proposer.onnx"));
        var missing = CommandRun.Of("decide", Path.Combine(copy, "ontologies", "lending"));
        Assert.Equal(2, missing.Status);
        Assert.Contains("Train the model", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_file_with_errors_is_named_with_its_place()
    {
        var copy = CopyOfLending();
        File.WriteAllText(Path.Combine(copy, "rules", "lending", "zz.srl"), "PREFIX : <urn:x#>\nRULE :a { ?x :p ?y } WHERE { ?x :q :z }\n");
        var run = CommandRun.Of("decide", Path.Combine(copy, "ontologies", "lending"));
        Assert.Equal(2, run.Status);
        Assert.Contains("rules/lending/zz.srl:2:", run.Error, StringComparison.Ordinal);
    }

    private static string Case(string member) => JsonNode.Parse(File.ReadAllText(Path.Combine(Lending, "sample-case.json")))!.ToJsonString()
        .Replace("\"durationMonths\"", $"{member},\"durationMonths\"", StringComparison.Ordinal);

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Reasoner.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests run from a folder below the repository.");
    }

    private string CopyOfLending()
    {
        var copy = PathOf("copy");
        foreach (var source in new[] { "ontologies", Path.Combine("rules", "lending") })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository(), source), "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy, Path.GetRelativePath(Repository(), file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        return copy;
    }
}
