using System.Collections.Immutable;

namespace Reasoner.Inference;

/// <summary>
/// Goes through the rows of a SELECT. A row's variables that are bound already are compared. Of the group's keys, those that
/// are bound and that the SELECT's own patterns match narrow what it reads to their groups.
/// </summary>
internal sealed class SubSelectStep : PlanStep
{
    public readonly SubSelectPlan Plan;

    /// <summary>The slots that a row fills, in the order of the projections.</summary>
    public readonly ImmutableArray<int> Outputs;

    /// <summary>Which of them are bound already.</summary>
    public readonly ImmutableArray<bool> Bound;

    /// <summary>Current and Former evaluate the SELECT; Delta and Removed are the rows that came and went.</summary>
    public readonly RowScope Scope;

    /// <summary>The bound slots that narrow, and the SELECT's own slots for them.</summary>
    public readonly ImmutableArray<(int Outer, int Inner)> Narrows;

    private PlanStep[]? _inner;

    public SubSelectStep(SubSelectPlan plan, ImmutableArray<int> outputs, ImmutableArray<bool> bound, RowScope scope)
    {
        Plan = plan;
        Outputs = outputs;
        Bound = bound;
        Scope = scope;
        Narrows = [.. plan.Projections.Index().Where(each => bound[each.Index] && each.Item.IsMatchedKey).Select(each => (outputs[each.Index], each.Item.KeySlot))];
    }

    /// <summary>The SELECT's own steps.</summary>
    public PlanStep[] Inner => Volatile.Read(ref _inner) ?? (_inner = Plan.PlanAll(Scope, Narrows.Select(narrow => narrow.Inner)));

    /// <summary>Fills the slots from a row; false where it says otherwise than what is bound.</summary>
    public bool Bind(int[] row, int[] slots)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (Bound[i])
            {
                if (slots[Outputs[i]] != row[i]) return false;
            }
            else
            {
                slots[Outputs[i]] = row[i];
            }
        }

        return true;
    }
}
