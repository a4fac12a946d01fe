using Reasoner.Constraints.Solving;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>The one place where exceptions become lines on standard error and an exit status. No trace reaches the user.</summary>
internal static class ProblemReport
{
    /// <summary>Reports a problem.</summary>
    /// <returns>The exit status.</returns>
    public static int Write(Exception problem, CommandConsole console)
    {
        var (status, lines) = Describe(problem);
        try
        {
            foreach (var line in lines) console.Error.WriteLine(line);
            if (console.ShowsTraces) console.Error.WriteLine(problem);
        }
        catch (IOException)
        {
            // Standard error is gone; the exit status still tells.
        }

        return status;
    }

    private static (int Status, IEnumerable<string> Lines) Describe(Exception problem) => problem switch
    {
        FileErrorException => (ExitStatus.No, problem.Message.Split('\n')),
        RdfSyntaxException or TableFormatException => (ExitStatus.No, [OneLine(problem)]),
        CaseFormatException => (ExitStatus.No, [$"error: {OneLine(problem)}"]),
        CaseRefusedException refused => (ExitStatus.No, [$"error: {refused.Summary}", .. refused.Problems.Select(each => each.ToString())]),
        DomainException domain => (ExitStatus.Unusable, domain.Problems.Select(each => $"error: {each}")),
        UnreadableSourceException => (ExitStatus.Unusable, [OneLine(problem)]),
        UnknownDomainException or CaseTooLargeException or ModelException or SolverException or UnknownAnswerException or NothingMayChangeException =>
            (ExitStatus.Unusable, [$"error: {OneLine(problem)}"]),
        RuleSetException rules => (StatusOf(rules), rules.Diagnostics.Select(diagnostic => diagnostic.ToString())),
        EvaluationLimitException => (ExitStatus.No, [$"error: {OneLine(problem)}"]),
        UsageException or NotSupportedException => (ExitStatus.Unusable, [$"error: {OneLine(problem)}"]),
        UnauthorizedAccessException or IOException => (ExitStatus.Unusable, [$"error: {OneLine(problem)}"]),
        OutOfMemoryException => (ExitStatus.Unusable, ["error: the memory is not enough; give the process more, or bound the work with --max-facts."]),
        OperationCanceledException => (ExitStatus.Cancelled, ["Cancelled."]),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => (ExitStatus.Unusable, [$"error: unexpected {problem.GetType().Name}: {OneLine(problem)} (REASONER_DEBUG=1 shows the details; please report them)"]),
    };

    private static int StatusOf(RuleSetException problem) =>
        problem.Diagnostics.Any(diagnostic => diagnostic.Code == DiagnosticCodes.UnreadableFile) ? ExitStatus.Unusable : ExitStatus.No;

    private static string OneLine(Exception problem) => problem.Message.ReplaceLineEndings(" ");
}
