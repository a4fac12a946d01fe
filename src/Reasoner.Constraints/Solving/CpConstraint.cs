namespace Reasoner.Constraints.Solving;

/// <summary>A constraint that has just been added to a model, to be said more about.</summary>
public readonly struct CpConstraint
{
    private readonly CpModel _model;

    internal CpConstraint(CpModel model, int index) => (_model, Index) = (model, index);

    /// <summary>The constraint's place in the model's order.</summary>
    public int Index { get; }

    /// <summary>The constraint applies only where all of these literals hold.</summary>
    /// <exception cref="SolverException">The model is too large.</exception>
    public CpConstraint OnlyIf(params ReadOnlySpan<CpLiteral> literals)
    {
        _model.Enforce(Index, literals);
        return this;
    }

    /// <summary>Gives the constraint a name, for the solver's log and complaints.</summary>
    public CpConstraint Named(string name)
    {
        _model.Name(Index, name);
        return this;
    }
}
