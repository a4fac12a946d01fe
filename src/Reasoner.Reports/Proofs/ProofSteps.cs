using System.Collections.Immutable;
using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>The steps of a record's proofs as a graph. A record may be wrong: steps may be missing, and may run in circles.</summary>
internal sealed class ProofSteps(ImmutableSortedDictionary<string, ProofStep>? steps)
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    /// <summary>A step; null where the record lacks it.</summary>
    public ProofStep? Find(string name) => steps?.GetValueOrDefault(name);

    /// <summary>The premises of a step, each once.</summary>
    public IReadOnlyList<string> PremisesOf(string name) => Find(name)?.Premises is { IsDefaultOrEmpty: false } premises
        ? premises.Length == 1 ? premises : premises.Distinct(StringComparer.Ordinal).ToList()
        : [];

    /// <summary>Marks a step as shown; false where a tree shows it already.</summary>
    public bool TryShow(string name) => _shown.Add(name);

    /// <summary>Whether a tree shows a step.</summary>
    public bool IsShown(string name) => _shown.Contains(name);

    /// <summary>How many steps below (and including) a step are not among some; counted up to a limit.</summary>
    public int CountWithout(string root, Func<string, bool> among, CancellationToken cancellation)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { root };
        var waiting = new Stack<string>([root]);
        var count = 0;
        while (count < ReportLimits.Counted && waiting.TryPop(out var name))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Find(name) is not null && !among(name)) count++;
            foreach (var premise in PremisesOf(name))
            {
                if (reached.Add(premise)) waiting.Push(premise);
            }
        }

        return count;
    }
}
