using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary><c>reasoner test</c>: a domain's rule test cases and rule coverage.</summary>
internal sealed class TestCommand : ReasonerCommand
{
    private readonly Argument<string> _domain = DomainInput.Argument();
    private readonly Option<string> _format = Formats.Option("text", "json");

    public TestCommand(CommandSurroundings surroundings)
        : base("test", "Runs a domain's rule test cases and says which rules they cover. Exit status 1: a case failed.", surroundings, "test lending")
    {
        Arguments.Add(_domain);
        Options.Add(_format);
    }

    private protected override int Run(ParseResult arguments)
    {
        using var domain = DomainInput.Load(arguments.GetValue(_domain)!, Console, Cancellation, withModel: false);
        var report = RuleTestRunner.Run(domain, cancellation: Cancellation);
        if (arguments.GetValue(_format) == "json") Console.Text.WriteLine(JsonSerializer.Serialize(report, DecisionJson.Indented.RuleTestReport));
        else Write(report);
        return report.Succeeded ? ExitStatus.Done : ExitStatus.No;
    }

    private void Write(RuleTestReport report)
    {
        foreach (var problem in report.Problems) Console.Error.WriteLine(problem);
        foreach (var result in report.Cases)
        {
            Console.Text.WriteLine($"{(result.Passed ? "passed" : "FAILED")}  {result.Name}{(result.Description is { Length: > 0 } ? "  " + result.Description : "")}");
            foreach (var problem in result.Problems) Console.Text.WriteLine($"        {problem}");
            foreach (var missing in result.Missing)
            {
                Console.Text.WriteLine($"        {missing.Position}: does not follow: {missing.Pattern}");
                foreach (var reason in missing.WhyNot) Console.Text.WriteLine($"          {reason}");
            }

            foreach (var unexpected in result.Unexpected) Console.Text.WriteLine($"        must not follow, but does: {unexpected}");
        }

        Console.Text.WriteLine();
        Console.Text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Passed} passed, {report.Failed} failed; {report.RulesFired} of {report.Coverage.Length} rules fired ({report.CoveragePercent:0.#} %)"));
        foreach (var rule in report.Unfired) Console.Text.WriteLine($"never fired: {rule.Rule}");
    }
}
