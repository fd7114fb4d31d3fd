using System.Text.Json.Nodes;
using Diarizer.Service.Tuning;

namespace Diarizer.Service.Tests.Tuning;

public class JsonTextTests
{
    [Theory]
    [InlineData("{}", "{\n  \"a\": {\n    \"b\": 7\n  }\n}")]
    [InlineData("""{ "a": { "b": [1, 2] /* old */ } } // end""", """{ "a": { "b": 7 /* old */ } } // end""")]
    [InlineData("""{ "A": { "c": 1 } }""", """{ "A": { "c": 1, "b": 7 } }""")]
    [InlineData("""{ "a": { "c": 1, } }""", """{ "a": { "c": 1, "b": 7, } }""")]
    [InlineData("""{ "a": null, "d": "a" }""", """{ "a": { "b": 7 }, "d": "a" }""")]
    [InlineData("""{ "d": { "a": 1 } }""", """{ "d": { "a": 1 }, "a": { "b": 7 } }""")]
    [InlineData("""{ "a": { /* nothing yet */ } }""", """{ "a": { /* nothing yet */ "b": 7 } }""")]
    [InlineData("{\r\n\t\"d\": 1 // last\r\n}\r\n", "{\r\n\t\"d\": 1, // last\r\n\t\"a\": {\r\n\t\t\"b\": 7\r\n\t}\r\n}\r\n")]
    [InlineData("{\n  \"a\": { // why\n    // later: \"b\": 1\n  }\n}", "{\n  \"a\": { // why\n    \"b\": 7\n    // later: \"b\": 1\n  }\n}")]
    [InlineData("{\n    \"a\": {\n        \"c\": 1, /* the ü */ // last\n        // \"b\": 3\n    },\n}", "{\n    \"a\": {\n        \"c\": 1, /* the ü */ // last\n        \"b\": 7,\n        // \"b\": 3\n    },\n}")]
    [InlineData("{\n  \"a\": {\n    \"c\": \"}, // \\\" \" } }", "{\n  \"a\": {\n    \"c\": \"}, // \\\" \",\n    \"b\": 7 } }")]
    public void One_value_is_set_and_all_else_stays(string before, string after)
    {
        var text = new JsonText(before);
        text.Set(["a", "b"], "7");
        Assert.Equal(after, text.ToString());
        text.Set(["a", "b"], "7");
        Assert.Equal(after, text.ToString());
        var read = JsonNode.Parse(after, new() { PropertyNameCaseInsensitive = true }, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true });
        Assert.Equal(7, (int)read!["a"]!["b"]!);
    }
}
