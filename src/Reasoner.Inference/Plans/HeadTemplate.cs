namespace Reasoner.Inference;

/// <summary>A triple template ready to be filled from slots.</summary>
internal sealed class HeadTemplate(HeadPlace subject, HeadPlace predicate, HeadPlace @object, int relation, bool hasResourceSubject)
{
    public readonly HeadPlace Subject = subject;
    public readonly HeadPlace Predicate = predicate;
    public readonly HeadPlace Object = @object;

    /// <summary>The ordinal of the relation where the predicate is a constant; else -1.</summary>
    public readonly int Relation = relation;

    /// <summary>Every solution gives a triple that needs no making of terms and no check: subject and object are copied.</summary>
    public readonly bool IsPlain = relation >= 0 && hasResourceSubject && subject.Made is null && @object.Made is null;

    /// <summary>Subject and object of a plain template in a solution.</summary>
    public (int Subject, int Object) Fill(int[] slots)
    {
        var (s, o) = (Subject.Operand, Object.Operand);
        return (s.IsVariable ? slots[s.Slot] : s.Constant, o.IsVariable ? slots[o.Slot] : o.Constant);
    }
}

/// <summary>What stands in a place of a template: a constant, a variable's value, or a term that each solution makes.</summary>
/// <param name="Operand">The constant or variable, where no term is made.</param>
/// <param name="Made">The term to make, or null.</param>
internal readonly record struct HeadPlace(Operand Operand, MadeTerm? Made)
{
    public static HeadPlace Of(Operand operand) => new(operand, null);

    public static HeadPlace Making(MadeTerm term) => new(default, term);
}

/// <summary>A term that a solution makes.</summary>
internal abstract record MadeTerm;

/// <summary>A blank node that each solution makes anew; the label names it within the rule.</summary>
internal sealed record MadeBlankNode(string Label) : MadeTerm;

/// <summary>A triple term made of the solution's values.</summary>
internal sealed record MadeTripleTerm(HeadPlace Subject, HeadPlace Predicate, HeadPlace Object) : MadeTerm;
