using System.Text.Json.Nodes;
using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Cli.Tests;

/// <summary><c>train</c> on a copy of the lending domain: 100 cases, two experts, a few epochs.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly LendingCopy _lending = new();
    private readonly string _table;

    public TrainTests()
    {
        _lending.ChangeManifest(manifest =>
        {
            manifest["training"] = new JsonObject { ["experts"] = 2, ["topK"] = 1, ["seed"] = 7, ["epochs"] = 2, ["rehearsals"] = 2, ["teacherMembers"] = 2 };
            manifest["segments"] = new JsonArray(new JsonObject { ["name"] = "long term", ["feature"] = "durationMonths", ["from"] = 24 });
        });
        _table = _lending.TableOf(100);
    }

    public void Dispose() => _lending.Dispose();

    [Fact]
    public void Trains_as_the_manifest_says_and_tells_of_teacher_verifier_and_efforts()
    {
        var run = Train("model");

        Assert.Equal((0, ""), (run.Status, run.Error));
        foreach (var part in new[] { "100 labelled cases", "ensemble of 2", "the same model without teacher", "first proposals that stand", "effort, on cases not seen" })
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  low +0\.\d{3} +[01]\.\d{3} +1\.000", run.Output);
        Assert.True(File.Exists(_lending.PathOf("model/proposer.onnx")));

        var report = File.ReadAllText(_lending.PathOf("model/training.html"));
        Assert.Contains(_lending.PathOf("model/training.html"), run.Output, StringComparison.Ordinal);
        foreach (var section in new[] { "Losses", "Reliability", "ROC curve", "Distillation", "Reinforcement", "Effort", "Expert load", "Limitations" })
            Assert.Matches($"<h2[^>]*>[^<]*{section}", report);
    }

    [Fact]
    public void The_teacher_and_the_verifier_may_be_left_out()
    {
        var run = Train("model", "--teacher", "none", "--no-reinforcement");

        Assert.Equal(0, run.Status);
        Assert.DoesNotContain("distillation", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("reinforcement", run.Output, StringComparison.Ordinal);
        Assert.Contains("effort, on cases not seen", run.Output, StringComparison.Ordinal);
        Assert.Null(Card("model")["policy"]);
        Assert.DoesNotMatch("<h2[^>]*>[^<]*(Distillation|Reinforcement)", File.ReadAllText(_lending.PathOf("model/training.html")));
    }

    [Fact]
    public void The_card_alone_is_written_as_json()
    {
        var run = Train("model", "--teacher", "ensemble:3", "--format", "json");

        Assert.Equal((0, ""), (run.Status, run.Error));
        var card = JsonNode.Parse(run.Output)!;
        Assert.Equal(Card("model")["data"]!.ToJsonString(), card["data"]!.ToJsonString());
        Assert.Equal(3, card["training"]!["options"]!["teacherMembers"]!.GetValue<int>());
        Assert.NotNull(card["policy"]);
    }

    [Fact]
    public void A_model_folder_and_a_table_teach()
    {
        Assert.Equal(0, Train("teacher", "--teacher", "none", "--no-reinforcement").Status);
        var byModel = Train("by-model", "--teacher", _lending.PathOf("teacher"), "--no-reinforcement");
        Assert.Equal(0, byModel.Status);
        Assert.Contains("lending proposer", byModel.Output, StringComparison.Ordinal);

        var table = _lending.Write("soft.csv", "lend:Approve,lend:Decline\n" + string.Concat(Enumerable.Repeat("0.7,0.3\n", 100)));
        var byTable = Train("by-table", "--teacher", table, "--no-reinforcement");
        Assert.Equal(0, byTable.Status);
        Assert.Contains("soft labels of a table", byTable.Output, StringComparison.Ordinal);
        // A table has no parameters and takes no time.
        Assert.DoesNotContain("NaN", byTable.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", File.ReadAllText(_lending.PathOf("by-table/training.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ensemble:", "names no ensemble; give ensemble:N with 2 to 32 members")]
    [InlineData("ensemble:1", "names no ensemble")]
    [InlineData("ensemble:33", "names no ensemble")]
    [InlineData("ensemble:many", "names no ensemble")]
    [InlineData("nobody", "There is no teacher \"nobody\"; give none, ensemble:N, a model folder or a CSV file")]
    public void No_such_teacher(string teacher, string problem) => Refused(Train("model", "--teacher", teacher), problem);

    [Fact]
    public void A_teacher_that_does_not_fit_is_refused_with_its_place()
    {
        var table = _lending.Write("soft.csv", "lend:Approve,lend:Decline\n0.7,abc\n");
        Refused(Train("model", "--teacher", table), $"{table}:2:1: error: in the column lend:Decline there is no probability");
        Refused(Train("model", "--teacher", _lending.PathOf("rules")), _lending.PathOf("rules"));
    }

    [Fact]
    public void A_file_in_place_of_a_checkpoint_folder_is_refused()
    {
        var file = _lending.Write("progress", "x");
        Refused(Train("model", "--checkpoint", file), $"The checkpoint {file} cannot be used");
        Assert.Equal("x", File.ReadAllText(file));
    }

    [Fact]
    public void Anothers_checkpoint_is_refused_and_kept()
    {
        Directory.CreateDirectory(_lending.PathOf("progress"));
        File.WriteAllText(_lending.PathOf("progress/run.sha256"), new string('0', 64));
        Refused(Train("model", "--checkpoint", _lending.PathOf("progress")), "belongs to a training with other rows or options");
        Assert.True(File.Exists(_lending.PathOf("progress/run.sha256")));
    }

    [Fact]
    public async Task An_interrupted_training_goes_on_and_says_so()
    {
        using (var source = new CancellationTokenSource())
        {
            // Cancelled as soon as the first descent is written down.
            var training = Task.Run(() => CommandRun.With(
                new Dictionary<string, string>(), "", source.Token, Arguments("stopped", "--checkpoint", _lending.PathOf("progress"))));
            var progress = new TrainingCheckpoint(_lending.PathOf("progress"));
            while (!progress.HasProgress && !training.IsCompleted) await Task.Delay(1);
            await source.CancelAsync();
            var stopped = await training;
            Assert.Equal((130, "Cancelled.\n"), (stopped.Status, stopped.Error));
        }

        var resumed = Train("resumed", "--checkpoint", _lending.PathOf("progress"));
        Assert.Equal((0, $"going on from {_lending.PathOf("progress")}\n"), (resumed.Status, resumed.Error));
        Assert.False(Directory.Exists(_lending.PathOf("progress")));
        Assert.Equal(0, Train("whole").Status);
        Assert.Equal(File.ReadAllBytes(_lending.PathOf("whole/proposer.onnx")), File.ReadAllBytes(_lending.PathOf("resumed/proposer.onnx")));
    }

    [Fact]
    public void An_expert_is_added_to_the_domains_model_and_written_elsewhere()
    {
        var run = CommandRun.Of("train", _lending.Manifest, "--expert", "long term", "--out", _lending.PathOf("more"));

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"\d+ of 300 labelled cases are of the segment ""long term""; the model in .*more has 9 experts now", run.Output);
        Assert.Equal("long term", Card("more")["experts"]![8]!["segment"]!.GetValue<string>());
        Refused(CommandRun.Of("train", _lending.Manifest, "--expert", "long term", "--out", _lending.PathOf("more")), "has an expert \"long term\" already");

        // Served, it is named also where it has no say.
        _lending.ChangeManifest(manifest => manifest["model"] = new JsonObject { ["file"] = "../../more/proposer.onnx", ["card"] = "../../more/card.json" });
        var batch = _lending.PathOf("out.ndjson");
        Assert.Equal(0, CommandRun.Of("decide", _lending.Manifest, "--batch", _lending.TableOf(40), "--out", batch).Status);
        var silent = File.ReadLines(batch).First(line => JsonNode.Parse(line)!["experts"]!.AsArray().Any(expert => expert!["name"]!.GetValue<string>() == "long term" && expert["weight"]!.GetValue<double>() == 0));
        var record = _lending.Write("silent.json", silent);
        Assert.Matches("long term</th>.*0\\.0%", CommandRun.Of("report", record, "--format", "html").Output);
        var text = CommandRun.Of("decide", _lending.Manifest);
        Assert.Matches(@"Experts consulted: .*long term \(\d\.\d\d\)", text.Output);
    }

    [Theory]
    [InlineData("no segment \"short term\"; it has long term", "--expert", "short term")]
    [InlineData("--teacher goes with the training of a whole model", "--expert", "long term", "--teacher", "none")]
    [InlineData("--seed goes with the training of a whole model", "--expert", "long term", "--seed", "3")]
    [InlineData("--no-reinforcement goes with the training of a whole model", "--expert", "long term", "--no-reinforcement")]
    [InlineData("--checkpoint goes with the training of a whole model", "--expert", "long term", "--checkpoint", "x")]
    public void An_expert_that_cannot_be_trained_is_refused(string problem, params string[] arguments) => Refused(Train("model", arguments), problem);

    [Fact]
    public void An_expert_of_too_few_cases_is_refused() => Refused(
        CommandRun.Of("train", _lending.Manifest, "--expert", "long term", "--data", _lending.TableOf(30), "--out", _lending.PathOf("model")), "too few to learn from");

    private CommandRun Train(string folder, params string[] arguments) => CommandRun.Of(Arguments(folder, arguments));

    private string[] Arguments(string folder, params string[] arguments) =>
        ["train", _lending.Manifest, "--data", _table, "--out", _lending.PathOf(folder), .. arguments];

    private JsonNode Card(string folder) => JsonNode.Parse(File.ReadAllText(_lending.PathOf(folder + "/card.json")))!;

    private void Refused(CommandRun run, string problem)
    {
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_lending.PathOf("model/proposer.onnx")));
    }
}
