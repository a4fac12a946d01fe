namespace Reasoner.Inference;

/// <summary>A triple template ready to be filled from slots.</summary>
internal sealed record HeadTemplate(HeadTerm Subject, HeadTerm Predicate, HeadTerm Object, int Relation);

/// <summary>What stands in a place of a template.</summary>
internal abstract record HeadTerm;

/// <summary>A constant or a variable's value.</summary>
internal sealed record HeadOperand(Operand Operand) : HeadTerm;

/// <summary>A blank node that each solution makes anew; the label names it within the rule.</summary>
internal sealed record HeadBlankNode(string Label) : HeadTerm;

/// <summary>A triple term made of the solution's values.</summary>
internal sealed record HeadTripleTerm(HeadTerm Subject, HeadTerm Predicate, HeadTerm Object) : HeadTerm;
