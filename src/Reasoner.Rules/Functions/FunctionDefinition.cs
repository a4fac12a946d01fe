using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Computes a function from evaluated arguments, as many as its arity allows.</summary>
internal delegate Value FunctionBody(ReadOnlySpan<Value> arguments, EvaluationContext context);

/// <summary>How a function is written, how many arguments it takes and what it computes.</summary>
/// <param name="Function">The function.</param>
/// <param name="Name">Its keyword, symbol or datatype IRI.</param>
/// <param name="Min">The least number of arguments.</param>
/// <param name="Max">The greatest number of arguments.</param>
/// <param name="Body">What it computes.</param>
/// <param name="TakesErrors">Whether it is asked even when an argument is an error: the functional forms.</param>
internal sealed record FunctionDefinition(
    Function Function,
    string Name,
    int Min,
    int Max,
    FunctionBody Body,
    bool TakesErrors = false);
