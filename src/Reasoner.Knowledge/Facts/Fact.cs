namespace Reasoner.Knowledge;

/// <summary>A triple as term ids.</summary>
/// <param name="Subject">The subject's id.</param>
/// <param name="Predicate">The predicate's id.</param>
/// <param name="Object">The object's id.</param>
public readonly record struct Fact(int Subject, int Predicate, int Object);
