namespace Reasoner.Inference;

/// <summary>A triple template ready to be filled from slots.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Predicate">The predicate.</param>
/// <param name="Object">The object.</param>
/// <param name="Relation">The ordinal of the relation where the predicate is a constant; else -1.</param>
/// <param name="HasResourceSubject">Whether the subject can only be an IRI or a blank node.</param>
internal sealed record HeadTemplate(HeadTerm Subject, HeadTerm Predicate, HeadTerm Object, int Relation, bool HasResourceSubject)
{
    /// <summary>Subject and object where every solution gives a triple that needs no making of terms and no check; else null.</summary>
    public PlainTemplate? Plain { get; } =
        Relation >= 0 && HasResourceSubject && Subject is HeadOperand subject && Object is HeadOperand @object
            ? new PlainTemplate(subject.Operand, @object.Operand)
            : null;
}

/// <summary>The places of a template that are filled by copying.</summary>
internal sealed class PlainTemplate(Operand subject, Operand @object)
{
    public readonly Operand Subject = subject;
    public readonly Operand Object = @object;
}

/// <summary>What stands in a place of a template.</summary>
internal abstract record HeadTerm;

/// <summary>A constant or a variable's value.</summary>
internal sealed record HeadOperand(Operand Operand) : HeadTerm;

/// <summary>A blank node that each solution makes anew; the label names it within the rule.</summary>
internal sealed record HeadBlankNode(string Label) : HeadTerm;

/// <summary>A triple term made of the solution's values.</summary>
internal sealed record HeadTripleTerm(HeadTerm Subject, HeadTerm Predicate, HeadTerm Object) : HeadTerm;
