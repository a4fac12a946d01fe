namespace Reasoner.Constraints.Solving;

/// <summary>A Boolean variable of a <see cref="CpModel"/>, or its negation. It counts as 1 where it holds and as 0 elsewhere.</summary>
public readonly record struct CpLiteral
{
    private CpLiteral(int code) => Code = code;

    /// <summary>The variable's index in the model's order.</summary>
    public int Variable => IsNegated ? ~Code : Code;

    /// <summary>Whether this is the variable's negation.</summary>
    public bool IsNegated => Code < 0;

    /// <summary>CP-SAT's form: the index, or -index-1 for the negation.</summary>
    internal int Code { get; }

    /// <summary>The opposite literal.</summary>
    public static CpLiteral operator !(CpLiteral literal) => new(~literal.Code);

    /// <summary>The opposite literal.</summary>
    public CpLiteral LogicalNot() => !this;

    /// <summary>The literal that a code of CP-SAT stands for.</summary>
    internal static CpLiteral FromCode(int code) => new(code);

    /// <summary>The literal as x3 or !x3.</summary>
    public override string ToString() => IsNegated ? $"!x{Variable}" : $"x{Variable}";
}

/// <summary>An integer variable of a <see cref="CpModel"/>.</summary>
public readonly record struct CpInteger
{
    internal CpInteger(int variable) => Variable = variable;

    /// <summary>The variable's index in the model's order.</summary>
    public int Variable { get; }
}
