using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Experts;
using Reasoner.Reports;

namespace Reasoner.Cli;

/// <summary><c>reasoner train</c>: trains a domain's mixture of experts.</summary>
internal sealed class TrainCommand : ReasonerCommand
{
    /// <summary>The name of the report beside the model.</summary>
    private const string ReportFile = "training.html";

    private readonly Argument<string> _domain = DomainInput.Argument();
    private readonly Option<string?> _data = new("--data") { Description = "A table of labelled cases; without it the domain's sample", HelpName = "FILE" };
    private readonly Option<int?> _seed = new("--seed") { Description = "The seed; the manifest's without it" };
    private readonly Option<string?> _out = new("--out") { Description = "The folder for the model, its card and the training report; the domain's own without it", HelpName = "FOLDER" };
    private readonly Option<string> _attribution = new("--attribution") { Description = "Whose data it is and under which licence, for the model card", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _teacher = new("--teacher")
    {
        Description = "Who teaches the model: none; ensemble:N, trained first; a model folder; or a CSV file of probabilities with a column for each answer. The manifest's without it",
        HelpName = "TEACHER",
    };

    private readonly Option<bool> _noReinforcement = new("--no-reinforcement") { Description = "Do not let the rules' verdicts teach the model in which order to propose" };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "A folder to write down progress in, and to go on from after an interruption", HelpName = "FOLDER" };
    private readonly Option<string?> _expert = new("--expert") { Description = "Train an expert for this segment of the manifest alone, and add it to the model that is there", HelpName = "SEGMENT" };
    private readonly Option<string> _format = Formats.Option("text", "json");

    public TrainCommand(CommandSurroundings surroundings)
        : base(
            "train",
            "Trains the mixture of experts of a domain on labelled cases, and writes it with its card and a report.",
            surroundings,
            "train lending --data german_train.csv --attribution \"Statlog German Credit, Hofmann 1994, UCI, CC BY 4.0\"",
            "train lending --seed 7 --out /tmp/model --checkpoint /tmp/progress",
            "train lending --teacher ensemble:8 --out /tmp/model",
            "train lending --expert \"long term\" --out /tmp/model")
    {
        Arguments.Add(_domain);
        foreach (var option in (Option[])[_data, _seed, _out, _attribution, _teacher, _noReinforcement, _checkpoint, _expert, _format]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        using var domain = DomainInput.Load(arguments.GetValue(_domain)!, Console, Cancellation, withModel: false);
        var folder = arguments.GetValue(_out) ?? domain.ModelFolder
            ?? throw new UsageException($"The domain {domain.Name} names no model in its manifest; add \"model\" to it, or give --out.");
        var data = TrainingData.PathOf(domain, arguments.GetValue(_data));
        if (arguments.GetValue(_expert) is { } segment) return AddExpert(domain, segment, data, folder, arguments);
        var choices = ChoicesOf(arguments);
        if (choices.Checkpoint is { HasProgress: true } checkpoint) Console.Error.WriteLine($"going on from {checkpoint.Folder}");
        var outcome = Work.DoPart(Console, "Training", done => ModelTrainer.Train(
            domain, data, folder, arguments.GetValue(_attribution)!, choices, new TrainingBar(ModelTrainer.DescentsOf(domain, choices), done), Cancellation));
        var report = Path.Combine(folder, ReportFile);
        using (var file = File.Create(report)) TrainingReport.Write(outcome.Summary, file, Cancellation);
        if (arguments.GetValue(_format) == "json")
        {
            Console.Text.WriteLine(JsonSerializer.Serialize(outcome.Card, DecisionJson.Indented.ModelCard));
            return ExitStatus.Done;
        }

        Console.Text.WriteLine($"{outcome.Rows} labelled cases; model and card written to {folder}, report to {report}");
        TrainingData.Write(outcome.Metrics, Console.Text);
        Write(outcome.Summary, outcome.Verifier);
        return ExitStatus.Done;
    }

    private int AddExpert(Domain domain, string segment, string data, string folder, ParseResult arguments)
    {
        foreach (var option in (Option[])[_seed, _teacher, _noReinforcement, _checkpoint])
        {
            if (arguments.GetResult(option) is { Implicit: false })
                throw new UsageException($"{option.Name} goes with the training of a whole model; leave it out beside --expert.");
        }

        var from = File.Exists(Path.Combine(folder, ModelFolder.CardFile)) ? folder : domain.ModelFolder ?? folder;
        var outcome = Work.Do(Console, "Training", null, _ =>
            ModelTrainer.AddExpert(domain, segment, data, from, folder, arguments.GetValue(_attribution)!, cancellation: Cancellation));
        if (arguments.GetValue(_format) == "json")
        {
            Console.Text.WriteLine(JsonSerializer.Serialize(outcome.Card, DecisionJson.Indented.ModelCard));
            return ExitStatus.Done;
        }

        Console.Text.WriteLine($"{outcome.Inside} of {outcome.Rows} labelled cases are of the segment \"{segment}\"; the model in {folder} has {outcome.Card.Experts.Count} experts now");
        Console.Text.WriteLine(outcome.LogLossAfter is { } after
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"log loss on {outcome.Unseen} cases of the segment, of an expert trained on the others: {outcome.LogLossBefore:0.0000} before, {after:0.0000} after")
            : "the segment has too few cases to keep some back and measure on them");
        return ExitStatus.Done;
    }

    private TrainingChoices ChoicesOf(ParseResult arguments)
    {
        var choices = new TrainingChoices
        {
            Seed = arguments.GetValue(_seed),
            Reinforce = arguments.GetValue(_noReinforcement) ? false : null,
            Checkpoint = arguments.GetValue(_checkpoint) is { } checkpoint ? new TrainingCheckpoint(checkpoint) : null,
        };
        const string ensemble = "ensemble:";
        return arguments.GetValue(_teacher) switch
        {
            null => choices,
            "none" => choices with { TeacherMembers = 0 },
            { } text when text.StartsWith(ensemble, StringComparison.Ordinal) =>
                int.TryParse(text.AsSpan(ensemble.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var members) && members is >= 2 and <= 32
                    ? choices with { TeacherMembers = members }
                    : throw new UsageException($"\"{text}\" names no ensemble; give ensemble:N with 2 to 32 members."),
            { } path when Directory.Exists(path) || File.Exists(path) => choices with { Teacher = path },
            { } other => throw new UsageException($"There is no teacher \"{other}\"; give none, ensemble:N, a model folder or a CSV file."),
        };
    }

    private void Write(TrainingSummary summary, VerifierFigures? verifier)
    {
        if (summary.Distillation is { } distillation)
        {
            Console.Text.WriteLine();
            Console.Text.WriteLine($"{"distillation, by cross-validation",-38}{"AUC",8}{"Brier",8}{"ECE",8}{"parameters",12}{"us",8}");
            foreach (var model in (DistilledModel?[])[distillation.Teacher, distillation.Student, distillation.Alone])
            {
                if (model is null) continue;
                Console.Text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {model.Name,-36}{model.Auc,8:0.0000}{model.Brier,8:0.0000}{model.ExpectedCalibrationError,8:0.000}{(model.Parameters > 0 ? model.Parameters : "-"),12}{(model.Microseconds > 0 ? model.Microseconds : "-"),8:0.0}"));
            }
        }

        if (verifier is not null)
        {
            Console.Text.WriteLine();
            Console.Text.WriteLine($"{"reinforcement, on cases not seen",-38}{"before",8}{"after",8}");
            foreach (var (name, figure) in new (string, Func<ProposalRecord, double>)[]
            {
                ("first proposals that stand", each => each.Survival), ("first or second", each => each.SecondSurvival),
                ("accuracy of first proposals", each => each.Accuracy), ("accuracy of what is decided", each => each.DecidedAccuracy),
            })
                Console.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-36}{figure(verifier.Before),8:0.000}{figure(verifier.After),8:0.000}"));
        }

        if (summary.Efforts.IsEmpty) return;
        Console.Text.WriteLine();
        Console.Text.WriteLine($"{"effort, on cases not seen",-38}{"accuracy",10}{"decided",10}{"valid",8}{"rounds",8}{"experts",9}{"us",8}{"p99 us",9}");
        foreach (var effort in summary.Efforts)
        {
            Console.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {effort.Name,-36}{effort.Accuracy,10:0.000}{effort.Decided,10:0.000}{effort.Valid,8:0.000}{effort.Rounds,8:0.00}{effort.Experts,9:0.0}{effort.MedianMicroseconds,8:0}{effort.Percentile99Microseconds,9:0}"));
        }
    }

    /// <summary>Counts the descents that a training takes, the one under way by its epochs.</summary>
    private sealed class TrainingBar(int descents, Action<double> done) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<(int, int, int), double> _parts = [];

        public void Report(TrainingProgress value)
        {
            _parts[(value.Fold, value.Teacher, value.Rehearsal)] = (double)value.Epoch / value.Epochs;
            // Most descents end early; where a later one of the same kind has begun they are done.
            done(Math.Min(1, (_parts.Count - 1 + Math.Min(1, _parts.Values.Max())) / descents));
        }
    }
}

/// <summary>Labelled tables, and what cross-validation found on them.</summary>
internal static class TrainingData
{
    /// <summary>The table that the user named, or the domain's own sample.</summary>
    public static string PathOf(Domain domain, string? given)
    {
        var path = given ?? domain.SampleTable
            ?? throw new UsageException($"The domain {domain.Name} has no sample of labelled cases; give a table with --data.");
        using (InputFile.Open(path)) return path;
    }

    /// <summary>Prints the measures, mean and deviation over the folds.</summary>
    public static void Write(CrossValidationResult metrics, TextWriter output)
    {
        output.WriteLine($"{metrics.Folds.Count}-fold cross-validation of the model alone (mean, deviation over the folds)");
        foreach (var (name, measure) in new[]
        {
            ("area under ROC", metrics.Auc), ("accuracy", metrics.Accuracy), ("log loss", metrics.LogLoss), ("Brier score", metrics.Brier),
            ("calibration error", metrics.ExpectedCalibrationError),
        })
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-18} {measure.Mean:0.000}  ±{measure.Deviation:0.000}"));
        output.WriteLine($"  expert load        {string.Join(" ", metrics.ExpertLoad.Select(load => load.ToString("0.00", CultureInfo.InvariantCulture)))}");
    }
}
