using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Cli;

/// <summary><c>reasoner train</c>: trains a domain's mixture of experts.</summary>
internal sealed class TrainCommand : ReasonerCommand
{
    private readonly Argument<string> _domain = DomainInput.Argument();
    private readonly Option<string?> _data = new("--data") { Description = "A table of labelled cases; without it the domain's sample", HelpName = "FILE" };
    private readonly Option<int?> _seed = new("--seed") { Description = "The seed; the manifest's without it" };
    private readonly Option<string?> _out = new("--out") { Description = "The folder for the model and its card; the domain's own without it", HelpName = "FOLDER" };
    private readonly Option<string> _attribution = new("--attribution") { Description = "Whose data it is and under which licence, for the model card", DefaultValueFactory = _ => "" };
    private readonly Option<string> _format = Formats.Option("text", "json");

    public TrainCommand(CommandSurroundings surroundings)
        : base(
            "train",
            "Trains the mixture of experts of a domain on labelled cases, and writes it with its card.",
            surroundings,
            "train lending --data german_train.csv --attribution \"Statlog German Credit, Hofmann 1994, UCI, CC BY 4.0\"",
            "train lending --seed 7 --out /tmp/model")
    {
        Arguments.Add(_domain);
        foreach (var option in (Option[])[_data, _seed, _out, _attribution, _format]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        using var domain = DomainInput.Load(arguments.GetValue(_domain)!, Console, Cancellation, withModel: false);
        var folder = arguments.GetValue(_out) ?? domain.ModelFolder
            ?? throw new UsageException($"The domain {domain.Name} names no model in its manifest; add \"model\" to it, or give --out.");
        var data = TrainingData.PathOf(domain, arguments.GetValue(_data));
        var outcome = Work.Do(Console, "Training", null, _ =>
            ModelTrainer.Train(domain, data, folder, arguments.GetValue(_attribution)!, arguments.GetValue(_seed), cancellation: Cancellation));
        if (arguments.GetValue(_format) == "json")
        {
            Console.Text.WriteLine(JsonSerializer.Serialize(outcome.Card, DecisionJson.Indented));
        }
        else
        {
            Console.Text.WriteLine($"{outcome.Rows} labelled cases; model and card written to {folder}");
            TrainingData.Write(outcome.Metrics, Console.Text);
        }

        return ExitStatus.Done;
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
