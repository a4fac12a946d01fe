using System.Collections.Immutable;

namespace Reasoner.Server;

/// <summary>What is wrong with a request, as RFC 9457 writes it.</summary>
internal sealed record Problem
{
    public const string MediaType = "application/problem+json";

    /// <summary>A URN that names the kind of problem.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status; in a batch the one that the case would have had alone.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong here and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>In a batch: the line of the case, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Of an unexpected failure: what the log calls it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Everything that is to be put right, one by one; empty where the detail says it all.</summary>
    public ImmutableArray<ProblemError> Errors { get; init; } = [];

    /// <summary>The problem as that of a line of a batch, where places in a case are columns of that line.</summary>
    public Problem OnLine(int line) => this with { Line = line, Errors = [.. Errors.Select(error => error with { Line = null })] };
}

/// <summary>One thing to put right.</summary>
internal sealed record ProblemError
{
    /// <summary>What is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The place in the case as a JSON Pointer (RFC 6901).</summary>
    public string? Pointer { get; init; }

    /// <summary>The line in the request's body, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column in that line in bytes, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>What the message is about where it is no place in the body: a node of the case, a domain, a query value.</summary>
    public string? About { get; init; }
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
