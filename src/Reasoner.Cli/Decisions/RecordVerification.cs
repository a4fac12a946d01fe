using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>Checks decision records by their domains; a domain is loaded once.</summary>
internal sealed class RecordVerification(CommandConsole console, CancellationToken cancellation) : IDisposable
{
    /// <summary>Of a file with many refused records, so many are shown.</summary>
    private const int ShownRefusals = 20;

    private readonly Dictionary<string, (Domain Domain, DecisionVerifier Verifier)> _domains = [];

    /// <summary>Checks a file of many records, one a line; what is wrong goes to standard error.</summary>
    public VerificationResult VerifyLines(string path)
    {
        var (records, undecided, steps) = (0, 0, 0);
        var refused = new List<VerificationResult>();
        foreach (var (line, record) in DecisionFile.ReadLines(path))
        {
            if (record is null)
            {
                undecided++;
                continue;
            }

            records++;
            steps += record.Proofs.Count;
            var result = Verify(record);
            if (result.Accepted) continue;
            refused.Add(result);
            if (refused.Count <= ShownRefusals) console.Error.WriteLine($"{path}:{line}: refused: {result.Problem}");
        }

        var summary = $"{records} decisions{(undecided == 0 ? "" : $" ({undecided} lines hold none)")}";
        return refused.Count == 0
            ? new VerificationResult(true, summary, steps, null)
            : new VerificationResult(false, summary, steps, $"{refused.Count} of {records} decisions; the first: {refused[0].Problem}");
    }

    /// <summary>Whether a JSON file holds a decision record rather than a bare proof.</summary>
    public static bool IsRecord(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("domain", out _);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (domain, _) in _domains.Values) domain.Dispose();
    }

    /// <summary>Checks a record; what is wrong beside the first problem goes to standard error.</summary>
    public VerificationResult Verify(DecisionRecord record)
    {
        var problems = VerifierOf(record.Domain).Verify(record, cancellation);
        var what = $"{record.Answer?.Label ?? (record.Answers is { } answers ? $"answers to {answers.Length} slots" : "no answer")} for {record.Subject}";
        foreach (var problem in problems.Skip(1).Take(ShownRefusals)) console.Error.WriteLine(problem);
        return new VerificationResult(problems.Count == 0, what, record.Proofs.Count, problems.FirstOrDefault());
    }

    private DecisionVerifier VerifierOf(string name)
    {
        if (!_domains.TryGetValue(name, out var entry))
        {
            var domain = DomainInput.Load(name, console, cancellation);
            _domains.Add(name, entry = (domain, new DecisionVerifier(domain)));
        }

        return entry.Verifier;
    }
}
