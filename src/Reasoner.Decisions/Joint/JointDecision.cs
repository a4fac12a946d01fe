using System.Collections.Immutable;
using Reasoner.Constraints.Joint;
using Reasoner.Constraints.Solving;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>What the solver found for a case with several slots: answers, or why there are none, and what would help.</summary>
/// <param name="Solution">The answers.</param>
/// <param name="Conflict">A smallest conflict, where there are none.</param>
/// <param name="Relaxations">Ways out, where there are none.</param>
/// <param name="Alternatives">By slot, why the other candidates were not chosen.</param>
internal sealed record JointDecision(
    JointSolution Solution,
    JointConflict? Conflict,
    ImmutableArray<JointRelaxation> Relaxations,
    ImmutableArray<(int Slot, ImmutableArray<JointAlternative> Others)> Alternatives)
{
    /// <summary>Solves, and explains what was asked for.</summary>
    /// <param name="domain">The domain: its solver and limits.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="priorityOf">How late a limit is given up.</param>
    /// <param name="why">The slots to explain.</param>
    /// <param name="effort">How much may be spent.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="SolverException">The solver failed, or found nothing within its limits.</exception>
    public static async Task<JointDecision> DecideAsync(
        Domain domain, JointProblem problem, Func<JointConstraint, int> priorityOf, IEnumerable<int> why, Effort effort, CancellationToken cancellation)
    {
        var options = OptionsOf(domain, effort);
        var solver = new JointSolver(domain.Solver, options);
        var solution = await solver.SolveAsync(problem, cancellation).ConfigureAwait(false);
        if (!solution.IsThere)
        {
            var (conflict, relaxations) = (solver.ConflictAsync(problem, cancellation), solver.RelaxAsync(problem, priorityOf, cancellation));
            await Task.WhenAll(conflict, relaxations).ConfigureAwait(false);
            return new JointDecision(solution, await conflict.ConfigureAwait(false), await relaxations.ConfigureAwait(false), []);
        }

        var alternatives = ImmutableArray.CreateBuilder<(int, ImmutableArray<JointAlternative>)>();
        foreach (var slot in why) alternatives.Add((slot, await solver.ExplainAsync(problem, solution, slot, cancellation).ConfigureAwait(false)));
        return new JointDecision(solution, null, [], alternatives.ToImmutable());
    }

    /// <summary>The places of the slots that were asked about.</summary>
    /// <exception cref="CaseRefusedException">There is no such slot.</exception>
    public static IReadOnlyList<int> SlotsToExplain(JointProblem problem, JointNames names, ImmutableArray<string> asked)
    {
        var slots = problem.Slots.Select((slot, place) => (Node: names.Node(slot.Node), place)).ToList();
        return [.. asked.Select(name =>
        {
            var found = slots.Where(slot => slot.Node.Iri == name || slot.Node.Label == name || CoreVocabulary.LocalName(slot.Node.Iri) == name).ToList();
            return found.Count == 1
                ? found[0].place
                : throw new CaseRefusedException(
                    found.Count == 0
                        ? $"The case has no slot \"{name}\"{NearestName.Advice(name, slots.Select(slot => slot.Node.Label))}"
                        : $"The case has {found.Count} slots \"{name}\"; give the IRI of one: {string.Join(", ", found.Take(5).Select(slot => slot.Node.Iri))}.",
                    []);
        }).Distinct()];
    }

    /// <summary>The answer of a case that turned out to ask one question; null where there are none or several.</summary>
    public static AnswerReference? OnlyAnswer(ImmutableArray<SlotAnswer>? answers) => answers is [{ Answers: [var only] }] ? only : null;

    /// <summary>What the record says of it.</summary>
    public JointRecord Describe(JointProblem problem, JointExplainer explainer) => new()
    {
        Objective = Solution.IsThere ? ObjectiveRecord.Of(Solution) : null,
        Limits = JointExplainer.Count(problem),
        Conflict = [.. (Conflict?.Constraints ?? []).Select(explainer.Limit)],
        ConflictIsMinimal = Conflict?.IsMinimal,
        Relaxations = [.. Relaxations.Select(explainer.Relaxation)],
        Explained = [.. Alternatives.Select(each => new SlotExplanation(
            explainer.Names.Node(problem.Slots[each.Slot].Node),
            [.. each.Others.Select(other => explainer.Alternative(other, Solution))]))],
    };

    /// <summary>How much a search may take: the solver's own measure bounds it first, so that it ends the same way on every machine.</summary>
    private static JointOptions OptionsOf(Domain domain, Effort effort) => new()
    {
        TimeLimit = TimeSpan.FromMilliseconds(domain.Manifest.Limits.DecisionMs),
        DeterministicLimit = effort switch { Effort.Low => 1, Effort.Medium => 5, _ => 30 },
        ExplanationLimit = effort switch { Effort.Low => 0.25, Effort.Medium => 1, _ => 30 },
    };
}
