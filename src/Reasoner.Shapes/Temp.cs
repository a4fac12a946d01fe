#pragma warning disable CS1591, CA1822
using Reasoner.Knowledge;
namespace Reasoner.Shapes;
public sealed class ShapeSet { public static ShapeSet Compile(KnowledgeGraph shapes, TermDictionary terms) => new(); public Rep Validate(KnowledgeGraph g, CancellationToken c) => new(); }
public sealed class Rep { public bool Conforms => true; public IEnumerable<(string Where, string Explanation)> Results => []; }
