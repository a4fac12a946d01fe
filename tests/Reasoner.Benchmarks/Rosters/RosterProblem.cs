using System.Collections.Immutable;
using Reasoner.Constraints.Joint;

namespace Reasoner.Benchmarks;

/// <summary>
/// An instance as a joint problem, with the slots, candidates and limits that the rules of the rostering domain derive from a
/// request of fourteen days, for any number of days. Candidate <c>(nurse * days + day) * answers + answer</c> is the answer to
/// the slot of a nurse and a day; the free day is the last answer.
/// </summary>
internal sealed class RosterProblem
{
    private readonly RosterInstance _instance;
    private readonly List<JointConstraint> _limits = [];
    private int _resources;

    private RosterProblem(RosterInstance instance) => _instance = instance;

    private int Answers => _instance.Shifts.Count + 1;

    private IEnumerable<int> Worked => Enumerable.Range(0, _instance.Shifts.Count);

    private IEnumerable<int> Days => Enumerable.Range(0, _instance.Days);

    /// <summary>The problem. Its nodes are numbers that stand in no graph.</summary>
    public static JointProblem Of(RosterInstance instance) => new RosterProblem(instance).Make();

    /// <summary>The candidates that give each nurse on each day a shift.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="roster">By nurse, then day, the shift.</param>
    public static ImmutableArray<int> Choice(RosterInstance instance, IEnumerable<int> roster) =>
        [.. roster.Select((shift, slot) => (slot * (instance.Shifts.Count + 1)) + shift)];

    private JointProblem Make()
    {
        var slots = ImmutableArray.CreateBuilder<JointSlot>();
        var candidates = ImmutableArray.CreateBuilder<JointCandidate>();
        for (var nurse = 0; nurse < _instance.Nurses.Count; nurse++)
        {
            foreach (var day in Days)
            {
                var first = candidates.Count;
                for (var answer = 0; answer < Answers; answer++)
                {
                    var value = (long)_instance.Nurses[nurse].Preference(day, answer, _instance.Off) * JointProblem.Scale;
                    candidates.Add(new JointCandidate(candidates.Count + 1, slots.Count, answer + 1, null, [], value));
                }

                _limits.Add(new JointConstraint(
                    JointConstraintKind.Slot, slots.Count + 1, [], [.. Enumerable.Range(first, Answers).Select(candidate => new JointTerm(candidate, 1))], 1, 1));
                slots.Add(new JointSlot(slots.Count + 1, 1, 1, first..candidates.Count));
            }
        }

        for (var nurse = 0; nurse < _instance.Nurses.Count; nurse++)
        {
            AddForbidden(nurse);
            AddRest(nurse);
            AddMentor(nurse);
            AddLimits(nurse);
        }

        foreach (var cover in _instance.Cover) AddCover(cover);
        return new JointProblem(slots.ToImmutable(), candidates.ToImmutable(), [.. _limits.OrderBy(limit => limit.Kind)]);
    }

    /// <summary>Leave, days that the contract keeps free, nights of who works none, and rest after the shift before the period.</summary>
    private void AddForbidden(int number)
    {
        foreach (var day in Days)
        {
            var forbidden = Worked.Where(shift => RosterData.IsForbidden(_instance, number, day, shift)).Select(shift => Term(number, day, shift)).ToImmutableArray();
            if (!forbidden.IsEmpty) _limits.Add(new JointConstraint(JointConstraintKind.Violation, 0, [], forbidden, null, 0));
        }
    }

    private void AddRest(int nurse)
    {
        foreach (var day in Days)
        {
            foreach (var (first, second) in Worked.SelectMany(_ => Worked, (first, second) => (first, second)))
            {
                if (_instance.IsTooSoon(first, second)) AddExclusion(nurse, day, first, day + 1, second);
                if (_instance.IsTooShort(first, second)) AddExclusion(nurse, day, first, day + 2, second);
            }
        }
    }

    private void AddExclusion(int nurse, int day, int first, int later, int second)
    {
        if (later < _instance.Days)
            _limits.Add(new JointConstraint(JointConstraintKind.Exclusion, 0, [], [Term(nurse, day, first), Term(nurse, later, second)], null, 1));
    }

    /// <summary>A trainee works a shift only with the mentor.</summary>
    private void AddMentor(int number)
    {
        if (_instance.Nurses[number] is not { IsTrainee: true, Mentor: var mentor }) return;
        foreach (var (day, shift) in Days.SelectMany(_ => Worked, (day, shift) => (day, shift)))
            _limits.Add(new JointConstraint(JointConstraintKind.Requirement, 0, [], [Term(number, day, shift), Term(mentor, day, shift, -1)], null, 0));
    }

    private void AddLimits(int number)
    {
        var nurse = _instance.Nurses[number];
        var minutes = Days.SelectMany(_ => Worked, (day, shift) => Term(number, day, shift, _instance.Shifts[shift].WorkMinutes));
        Limit(minutes, nurse.LeastMinutes(_instance.Days), nurse.MostMinutes(_instance.Days));
        Limit(Working(number, Days.Where(RosterInstance.IsWeekend)), null, nurse.MostWeekendDays(_instance.Days));
        for (var first = 0; first + 7 <= _instance.Days; first++) Limit(Working(number, Enumerable.Range(first, 7)), null, RosterLimits.DaysOfSeven);
        if (nurse.RunBefore > 0)
        {
            var most = Math.Max(0, RosterLimits.DaysOfSeven - nurse.RunBefore);
            Limit(Working(number, Enumerable.Range(0, most + 1)), null, most);
        }

        if (!nurse.HasNights) return;
        var nights = Worked.Where(shift => _instance.Shifts[shift].IsNight).ToList();
        Limit(Days.SelectMany(_ => nights, (day, shift) => Term(number, day, shift, _instance.Shifts[shift].WorkMinutes)), null, nurse.MostNightMinutes(_instance.Days));
        for (var first = 0; first + RosterLimits.NightsInARow < _instance.Days; first++)
        {
            var row = Enumerable.Range(first, RosterLimits.NightsInARow + 1);
            Limit(row.SelectMany(_ => nights, (day, shift) => Term(number, day, shift)), null, RosterLimits.NightsInARow);
        }
    }

    private void AddCover(RosterCover cover)
    {
        Limit(Of(nurse => !nurse.IsTrainee), cover.Fewest, cover.Most);
        if (cover.FewestRegistered > 0) Limit(Of(nurse => nurse.IsRegistered), cover.FewestRegistered, null);
        if (cover.FewestInCharge > 0) Limit(Of(nurse => nurse.IsInCharge), cover.FewestInCharge, null);

        IEnumerable<JointTerm> Of(Func<RosterNurse, bool> counts) =>
            Enumerable.Range(0, _instance.Nurses.Count).Where(nurse => counts(_instance.Nurses[nurse])).Select(nurse => Term(nurse, cover.Day, cover.Shift));
    }

    /// <summary>A resource with a capacity, a demand or both, which are two constraints.</summary>
    private void Limit(IEnumerable<JointTerm> uses, long? least, long? most)
    {
        var (terms, resource) = (uses.ToImmutableArray(), ++_resources);
        if (most is not null) _limits.Add(new JointConstraint(JointConstraintKind.Capacity, resource, [], terms, null, most));
        if (least is not null) _limits.Add(new JointConstraint(JointConstraintKind.Demand, resource, [], terms, least, null));
    }

    private IEnumerable<JointTerm> Working(int nurse, IEnumerable<int> days) => days.SelectMany(_ => Worked, (day, shift) => Term(nurse, day, shift));

    private JointTerm Term(int nurse, int day, int shift, long coefficient = 1) => new((((nurse * _instance.Days) + day) * Answers) + shift, coefficient);
}
