using System.Collections.Immutable;
using System.Text.Json;
using Reasoner.Constraints.Solving;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>How a batch went.</summary>
/// <param name="Decisions">Cases that were decided.</param>
/// <param name="Refused">Cases that were not; their lines hold the problem.</param>
/// <param name="Verified">Records that the verifier accepted.</param>
/// <param name="Rejected">Records that the verifier refused: none, unless something is broken.</param>
/// <param name="Answers">How often each answer was given, for each outcome; the empty outcome stands for cases without one.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record BatchSummary(
    long Decisions, long Refused, long Verified, long Rejected, ImmutableSortedDictionary<(string Answer, string Outcome), long> Answers, TimeSpan Elapsed);

/// <summary>A case of a batch, or why its line is none.</summary>
/// <param name="Line">The line or row, from 1.</param>
/// <param name="Input">The case; null where the line is none.</param>
/// <param name="Problem">Why it is none.</param>
public sealed record BatchItem(long Line, CaseInput? Input, string? Problem = null);

/// <summary>Decides many cases, several at a time, and writes a line for each in the order of the cases.</summary>
public sealed class BatchDecider
{
    private const int CasesAtOnce = 64;
    private readonly DecisionPipeline _pipeline;
    private readonly DecisionVerifier? _verifier;
    private readonly DecisionOptions _options;
    private readonly int _workers;

    /// <summary>Makes a decider.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="verifier">Checks every record; null to check none.</param>
    /// <param name="options">How to decide.</param>
    /// <param name="workers">How many cases are decided at a time.</param>
    public BatchDecider(DecisionPipeline pipeline, DecisionVerifier? verifier, DecisionOptions options, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _pipeline = pipeline;
        _verifier = verifier;
        _options = options;
        _workers = workers;
    }

    /// <summary>Decides the cases of a batch.</summary>
    /// <param name="items">The cases.</param>
    /// <param name="write">Takes one line of JSON for each case, in order: its record, or a problem with its line number.</param>
    /// <param name="progress">Told how many cases are done.</param>
    /// <param name="cancellation">Stops between cases.</param>
    public BatchSummary Run(IEnumerable<BatchItem> items, Action<string> write, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var answers = new Dictionary<(string, string), long>();
        long decisions = 0, refused = 0, verified = 0, rejected = 0;
        foreach (var chunk in items.Chunk(CasesAtOnce * _workers))
        {
            var results = new Result[chunk.Length];
            Parallel.For(
                0,
                chunk.Length,
                new ParallelOptions { MaxDegreeOfParallelism = _workers, CancellationToken = cancellation },
                i => results[i] = Decide(chunk[i], cancellation));
            foreach (var result in results)
            {
                write(result.Json);
                if (result.Answer is null)
                {
                    refused++;
                    continue;
                }

                decisions++;
                if (result.Verified == true) verified++;
                if (result.Verified == false) rejected++;
                var key = (result.Answer, result.Outcome ?? "");
                answers[key] = answers.GetValueOrDefault(key) + 1;
            }

            progress?.Report(decisions + refused);
        }

        return new BatchSummary(
            decisions, refused, verified, rejected, answers.ToImmutableSortedDictionary(), System.Diagnostics.Stopwatch.GetElapsedTime(started));
    }

    private Result Decide(BatchItem item, CancellationToken cancellation)
    {
        if (item.Input is null) return Problem(item, item.Problem!);
        try
        {
            var (record, outcome) = _pipeline.DecideLabelled(item.Input, _options, cancellation);
            var isVerified = _verifier is null ? (bool?)null : _verifier.Verify(record, cancellation).Count == 0;
            var answer = record.Answer?.Label ?? record.Status.ToString().ToLowerInvariant();
            return new Result(JsonSerializer.Serialize(record, DecisionJson.OneLine.DecisionRecord), answer, outcome, isVerified);
        }
        catch (Exception exception) when (exception is CaseFormatException or CaseRefusedException or CaseTooLargeException or RdfSyntaxException or EvaluationLimitException or SolverException)
        {
            return Problem(item, exception.Message);
        }
    }

    private static Result Problem(BatchItem item, string detail) =>
        new(JsonSerializer.Serialize(new BatchProblem(item.Line, "The case was not decided.", detail), DecisionJson.OneLine.BatchProblem), null, null, null);

    private sealed record Result(string Json, string? Answer, string? Outcome, bool? Verified);
}

/// <summary>The line of a case that was not decided.</summary>
/// <param name="Line">The line or row of the case, from 1.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">Why, and what to do.</param>
public sealed record BatchProblem(long Line, string Title, string Detail);
