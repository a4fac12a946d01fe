using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Constraints.Joint;

namespace Reasoner.Decisions;

/// <summary>What a rule says of a fact that states a limit.</summary>
/// <param name="Code">The reason code.</param>
/// <param name="Because">The explanation; null where none was asked for.</param>
/// <param name="Source">The law or policy.</param>
/// <param name="IsDerived">Whether a rule concludes the fact; else it is stated somewhere.</param>
internal readonly record struct StatedBecause(string? Code, string? Because, string? Source, bool IsDerived);

/// <summary>Limits and alternatives in words: by these a record is written and checked.</summary>
internal static class LimitWords
{
    /// <summary>What a kind of limit is called in records.</summary>
    public static string NameOf(JointConstraintKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>A limit.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="names">What things are called.</param>
    /// <param name="words">The problem in words.</param>
    /// <param name="constraint">The limit's place.</param>
    /// <param name="stated">What is said of the facts that state it.</param>
    /// <param name="proofs">The names of their proofs.</param>
    public static LimitRecord Describe(
        JointProblem problem, JointNames names, JointWords words, int constraint, IReadOnlyList<StatedBecause> stated, ImmutableArray<string> proofs)
    {
        var limit = problem.Constraints[constraint];
        // That a number is stated somewhere says no more than the number.
        var because = stated
            .Where(each => each.IsDerived || limit.Kind is not (JointConstraintKind.Capacity or JointConstraintKind.Demand or JointConstraintKind.Slot))
            .Select(each => each.Because).FirstOrDefault(text => text is not null);
        return new LimitRecord(
            NameOf(limit.Kind), names.Node(limit.About), words.Limit(constraint, because),
            stated.Select(each => each.Code).FirstOrDefault(), stated.Select(each => each.Source).FirstOrDefault(), proofs);
    }

    /// <summary>Why another candidate was not chosen.</summary>
    public static string Describe(AlternativeVerdict verdict, IEnumerable<LimitRecord> limits, double? cost, bool isExact, int changes) => verdict switch
    {
        AlternativeVerdict.Rejected => string.Join("; ", limits.Select(limit => limit.Text)),
        AlternativeVerdict.Impossible => $"cannot be together with: {string.Join("; ", limits.Select(limit => limit.Text))}",
        AlternativeVerdict.Costlier when cost == 0 => "is worth as much and comes later in the order of answers",
        AlternativeVerdict.Costlier => string.Create(CultureInfo.InvariantCulture, $"would cost {(isExact ? "" : "at most ")}{cost:0.###}{Others(changes)}"),
        _ => "was not settled within the limits",
    };

    private static string Others(int changes) => changes switch { 0 => "", 1 => " and change 1 other slot", _ => $" and change {changes} other slots" };
}
