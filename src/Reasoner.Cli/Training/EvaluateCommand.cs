using System.CommandLine;
using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary><c>reasoner evaluate</c>: how a domain does on labelled cases.</summary>
internal sealed class EvaluateCommand : ReasonerCommand
{
    private readonly Argument<string> _domain = DomainInput.Argument();
    private readonly Option<string?> _data = new("--data") { Description = "A table of labelled cases; without it the domain's sample", HelpName = "FILE" };
    private readonly Option<int> _resamples = new("--resamples")
    {
        Description = "How often cases are drawn for the 95 % confidence intervals; 0 for none",
        DefaultValueFactory = _ => 1_000,
        HelpName = "N",
    };

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
        Options.Add(_resamples);
        Options.Add(_format);
        _resamples.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 100_000) result.AddError("--resamples takes 0 to 100000.");
        });
    }

    private protected override int Run(ParseResult arguments)
    {
        using var domain = DomainInput.Load(arguments.GetValue(_domain)!, Console, Cancellation);
        var data = TrainingData.PathOf(domain, arguments.GetValue(_data));
        var report = Work.Do(Console, "Evaluating", null, _ =>
            PipelineEvaluation.Run(domain, data, resamples: arguments.GetValue(_resamples), cancellation: Cancellation));
        if (arguments.GetValue(_format) == "json") Console.Text.WriteLine(JsonSerializer.Serialize(report, DecisionJson.Indented.EvaluationReport));
        else EvaluationText.Write(report, Console.Text, Console.Error);
        return ExitStatus.Done;
    }
}
