using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Rdf;

namespace Reasoner.Server;

/// <summary>What a client asks about a decision.</summary>
internal sealed record CounterfactualRequest
{
    /// <summary>The largest body of a question, in bytes.</summary>
    public const int MaxBytes = 16_384;

    private static readonly string[] _names = ["want", "max", "maxChanges"];

    /// <summary>The wanted answer.</summary>
    [Description("The wanted answer: its IRI, its curie in the domain's manifest, its local name or its label.")]
    public required string Want { get; init; }

    /// <summary>How many alternatives to look for.</summary>
    [Description("How many alternatives to look for; 5 where it is left out.")]
    [Range(1, CounterfactualOptions.MostAlternatives)]
    public int? Max { get; init; }

    /// <summary>How many properties may change together.</summary>
    [Description("How many properties may change together; 3 where it is left out.")]
    [Range(1, 3)]
    public int? MaxChanges { get; init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="ProblemException">It is no question.</exception>
    public static CounterfactualRequest Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return Check(JsonSerializer.Deserialize<CounterfactualRequest>(body, ServerJson.OneLine) ?? throw new JsonException("The body is null."));
        }
        catch (JsonException problem)
        {
            var member = problem.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
            var advice = member is null || _names.Contains(member) ? "" : $" \"{member}\" is not understood here{NearestName.Advice(member, _names)}";
            throw ProblemKind.MalformedRequest.Refuse($"Ask with a JSON object such as {{ \"want\": \"Approve\", \"max\": 3 }}.{advice}",
            [
                new ProblemError
                {
                    Message = "does not fit: want is a text and must be there; max and maxChanges are whole numbers",
                    About = member,
                    Line = (int?)problem.LineNumber + 1,
                    Column = (int?)problem.BytePositionInLine + 1,
                },
            ]);
        }
    }

    /// <summary>The options of the search.</summary>
    public CounterfactualOptions OptionsFor(DecisionOptions choice)
    {
        var usual = CounterfactualOptions.Default;
        return new CounterfactualOptions { Max = Max ?? usual.Max, MaxChanges = MaxChanges ?? usual.MaxChanges, Explanation = choice.Explanation };
    }

    private static CounterfactualRequest Check(CounterfactualRequest request)
    {
        var errors = new List<ProblemError>();
        if (request.Max is < 1 or > CounterfactualOptions.MostAlternatives)
            errors.Add(new ProblemError { About = "max", Message = $"is {request.Max}; it must be from 1 to {CounterfactualOptions.MostAlternatives}" });
        if (request.MaxChanges is < 1 or > 3) errors.Add(new ProblemError { About = "maxChanges", Message = $"is {request.MaxChanges}; it must be from 1 to 3" });
        return errors.Count == 0 ? request : throw ProblemKind.MalformedRequest.Refuse("A number in the question is out of its range.", errors);
    }
}
