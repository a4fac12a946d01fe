using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>A constraint of a shape: one component with its parameters.</summary>
/// <param name="component">The local name of the constraint component, without its ending.</param>
internal abstract class Constraint(string component)
{
    /// <summary>The constraint component.</summary>
    public Iri Component { get; } = ShaclVocabulary.Of(component + "ConstraintComponent");

    /// <summary>Whether the value nodes of a focus node meet the constraint; what does not is reported.</summary>
    public abstract bool Check(in Focus focus);
}

/// <summary>A constraint that each value node meets or not by itself.</summary>
/// <param name="component">The local name of the constraint component, without its ending.</param>
internal abstract class ValueConstraint(string component) : Constraint(component)
{
    public sealed override bool Check(in Focus focus)
    {
        var conforms = true;
        foreach (var value in focus.Values)
        {
            if (IsMet(focus, value)) continue;
            if (focus.IsSilent) return false;
            focus.Report(this, value, Explain(focus, value));
            conforms = false;
        }

        return conforms;
    }

    private protected abstract bool IsMet(in Focus focus, int value);

    private protected abstract string Explain(in Focus focus, int value);
}
