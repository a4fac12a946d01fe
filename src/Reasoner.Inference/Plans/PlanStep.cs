using System.Collections.Immutable;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>Which rows of a relation a match may see.</summary>
internal enum RowScope : byte
{
    /// <summary>Everything that holds at the start of the round.</summary>
    Current,

    /// <summary>What the last round added.</summary>
    Delta,

    /// <summary>What held at the start of the last round.</summary>
    BeforeDelta,

    /// <summary>What held in the base graph before the overlay changed anything.</summary>
    Former,

    /// <summary>Facts of the base graph that no longer hold.</summary>
    Removed,
}

/// <summary>A place of a pattern: a constant's id, or the slot of a variable.</summary>
/// <param name="Constant">The term id; 0 for a variable.</param>
/// <param name="Slot">The variable's slot; -1 for a constant.</param>
internal readonly record struct Operand(int Constant, int Slot)
{
    public static Operand Of(int constant) => new(constant, -1);

    public static Operand At(int slot) => new(0, slot);

    public bool IsVariable => Slot >= 0;
}

/// <summary>A step of a plan; the steps nest like loops.</summary>
internal abstract class PlanStep;

/// <summary>Matches a triple pattern against the visible facts.</summary>
internal sealed class MatchStep(
    Operand subject,
    Operand predicate,
    Operand @object,
    bool subjectBound,
    bool predicateBound,
    bool objectBound,
    RowScope scope,
    bool groundOnly,
    int relation) : PlanStep
{
    public readonly Operand Subject = subject;
    public readonly Operand Predicate = predicate;
    public readonly Operand Object = @object;
    public readonly bool SubjectBound = subjectBound;
    public readonly bool PredicateBound = predicateBound;
    public readonly bool ObjectBound = objectBound;

    /// <summary>The predicate is a variable that the subject has just bound.</summary>
    public readonly bool PredicateRepeats = !predicateBound && predicate.Slot == subject.Slot;

    /// <summary>The object is a variable that the subject or predicate has just bound.</summary>
    public readonly bool ObjectRepeats = !objectBound && (@object.Slot == subject.Slot || @object.Slot == predicate.Slot);

    public readonly RowScope Scope = scope;
    public readonly bool GroundOnly = groundOnly;

    /// <summary>Every row that the bound places find matches.</summary>
    public readonly bool FitsEveryRow =
        !groundOnly
        && (predicateBound || predicate.Slot != subject.Slot)
        && (objectBound || (@object.Slot != subject.Slot && @object.Slot != predicate.Slot));

    /// <summary>The ordinal of the relation where the predicate is a constant; else -1.</summary>
    public readonly int Relation = relation;
}

/// <summary>Takes a triple term apart: binds or compares its parts, in order.</summary>
internal sealed class DecomposeStep(
    int slot,
    Operand subject,
    Operand predicate,
    Operand @object,
    bool subjectBound,
    bool predicateBound,
    bool objectBound) : PlanStep
{
    public readonly int Slot = slot;
    public readonly Operand Subject = subject;
    public readonly Operand Predicate = predicate;
    public readonly Operand Object = @object;
    public readonly bool SubjectBound = subjectBound;
    public readonly bool PredicateBound = predicateBound || predicate.Slot == subject.Slot;
    public readonly bool ObjectBound = objectBound || @object.Slot == subject.Slot || @object.Slot == predicate.Slot;
}

/// <summary>Keeps the solutions for which the expression is true.</summary>
internal sealed class FilterStep(CompiledExpression expression, ImmutableArray<int> inputs) : PlanStep
{
    public readonly CompiledExpression Expression = expression;
    public readonly ImmutableArray<int> Inputs = inputs;
}

/// <summary>Binds a slot to an expression's value, or compares where the slot is bound already.</summary>
internal sealed class AssignStep(int slot, bool bound, CompiledExpression expression, ImmutableArray<int> inputs) : PlanStep
{
    public readonly int Slot = slot;
    public readonly bool Bound = bound;
    public readonly CompiledExpression Expression = expression;
    public readonly ImmutableArray<int> Inputs = inputs;
}

/// <summary>Keeps the solutions for which the inner steps have none.</summary>
internal sealed class NotStep(ImmutableArray<PlanStep> inner) : PlanStep
{
    public readonly PlanStep[] Inner = [.. inner];
}
