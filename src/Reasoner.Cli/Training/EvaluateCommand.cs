using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary><c>reasoner evaluate</c>: how a domain does on labelled cases.</summary>
internal sealed class EvaluateCommand : ReasonerCommand
{
    private readonly Argument<string> _domain = DomainInput.Argument();
    private readonly Option<string?> _data = new("--data") { Description = "A table of labelled cases; without it the domain's sample", HelpName = "FILE" };
    private readonly Option<string> _format = Formats.Option("text", "json");

    public EvaluateCommand(CommandSurroundings surroundings)
        : base(
            "evaluate",
            "Measures model, rules and both together on labelled cases.",
            surroundings,
            "evaluate lending",
            "evaluate lending --data german_train.csv --format json")
    {
        Arguments.Add(_domain);
        Options.Add(_data);
        Options.Add(_format);
    }

    private protected override int Run(ParseResult arguments)
    {
        using var domain = DomainInput.Load(arguments.GetValue(_domain)!, Console, Cancellation);
        var data = TrainingData.PathOf(domain, arguments.GetValue(_data));
        var report = Work.Do(Console, "Evaluating", null, _ => PipelineEvaluation.Run(domain, data, cancellation: Cancellation));
        if (arguments.GetValue(_format) == "json") Console.Text.WriteLine(JsonSerializer.Serialize(report, DecisionJson.Indented));
        else Write(report);
        return ExitStatus.Done;
    }

    private void Write(EvaluationReport report)
    {
        Console.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Rows} labelled cases of {report.File}"));
        if (report.Unlabelled > 0) Console.Text.WriteLine($"{report.Unlabelled} cases have no outcome and do not count");
        foreach (var refused in report.Refused.Take(10)) Console.Error.WriteLine(refused);
        if (report.InSample) Console.Text.WriteLine("The model was trained on this very file: look at the cross-validated figures.");
        Table("As shipped", [("model alone", report.Model), ("  where decided", report.ModelWhereDecided), ("rules alone", report.Rules), ("both", report.Pipeline)]);
        if (report.OutOfSample is { } crossed)
        {
            Table(
                $"By {crossed.Folds}-fold cross-validation",
                [("model alone", crossed.Model), ("  where decided", crossed.ModelWhereDecided), ("both", crossed.Pipeline)]);
            Console.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"model over the folds: AUC {crossed.Auc.Mean:0.000} ±{crossed.Auc.Deviation:0.000}, accuracy {crossed.Accuracy.Mean:0.000} ±{crossed.Accuracy.Deviation:0.000}, Brier {crossed.Brier.Mean:0.000}; {crossed.InvalidShare:P1} of its likeliest answers violate a rule"));
        }

        Console.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median decision without explanation: {report.MedianLatencyUs:0} us"));
        Console.Text.WriteLine();
        Console.Text.WriteLine("Answers of both against outcomes");
        foreach (var count in report.Pipeline.Answers) Console.Text.WriteLine($"  was {count.Outcome,-14} answered {count.Answer,-14} {count.Count,6}");
    }

    private void Table(string title, IEnumerable<(string Name, AnswerFigures? Figures)> rows)
    {
        Console.Text.WriteLine();
        Console.Text.WriteLine($"{title,-28}{"decided",9}{"referred",10}{"accuracy",10}{"AUC",8}{"Brier",8}{"cost",8}");
        foreach (var (name, figures) in rows)
        {
            if (figures is null) continue;
            Console.Text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-28}{figures.Decided,9:0.000}{figures.Referred,10:0.000}{Number(figures.Accuracy),10}{Number(figures.Auc),8}{figures.Brier,8:0.000}{Number(figures.ExpectedCost),8}"));
        }
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "-";
}
