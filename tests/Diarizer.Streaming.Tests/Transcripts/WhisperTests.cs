using System.Text.Json;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

public class WhisperTests
{
    // As openai-whisper writes it with --word_timestamps True: on one line, other than ASCII escaped.
    private const string OpenAi = """
        {"text": " The caf\u00e9 is open. Is it?", "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": 4.0, "text": " The caf\u00e9 is open. Is it?", "tokens": [50364, 440, 14737], "temperature": 0.0, "avg_logprob": -2.50e-1, "words": [{"word": " The", "start": 0.0, "end": 0.50, "probability": 0.9}, {"word": " caf\u00e9", "start": 0.50, "end": 1.10, "probability": 0.8}, {"word": " is", "start": 1.10, "end": 1.30, "probability": 0.8}, {"word": " open.", "start": 1.30, "end": 2.0, "probability": 0.8}, {"word": " Is", "start": 2.60, "end": 3.0, "probability": 0.7}, {"word": " it?", "start": 3.0, "end": 4.0, "probability": 0.7}]}, {"id": 1, "seek": 400, "start": 4.0, "end": 5.0, "text": " So it says.", "tokens": [], "words": []}], "language": "en"}
        """;

    // As WhisperX writes it: indented or not, words without blanks, some without times, all words once more.
    private const string WhisperX = """
        {
          "segments": [
            {
              "start": 0.5,
              "end": 4.25,
              "text": "Room 12 is free. Really?",
              "words": [
                { "word": "Room", "start": 0.5, "end": 0.9, "score": 0.91 },
                { "word": "12" },
                { "word": "is", "start": 1.6, "end": 1.75, "score": 0.8 },
                { "word": "free.", "start": 1.8, "end": 2.3, "score": 0.77 },
                { "word": "Really?", "start": 3.1, "end": 4.25, "score": 0.9, "speaker": "SPEAKER_07" }
              ],
              "chars": null
            }
          ],
          "word_segments": [
            { "word": "Room", "start": 0.5, "end": 0.9, "score": 0.91 },
            { "word": "12" },
            { "word": "is", "start": 1.6, "end": 1.75, "score": 0.8 },
            { "word": "free.", "start": 1.8, "end": 2.3, "score": 0.77 },
            { "word": "Really?", "start": 3.1, "end": 4.25, "score": 0.9 }
          ],
          "language": "en"
        }
        """;

    private static string Label(string text, string turns, LabelOptions? options = null) => Labelling.Label(text, "talk.json", turns, options);

    private static JsonElement[] Segments(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("segments").EnumerateArray()];

    private static string[] Speakers(JsonElement list) => [.. list.EnumerateArray().Select(w => w.GetProperty("speaker").GetString()!)];

    [Theory]
    [InlineData(OpenAi)]
    [InlineData(WhisperX)]
    public void Without_labels_it_is_the_same(string text) => Assert.Equal(text, Label(text, "", Labelling.Silent));

    [Fact]
    public void A_speaker_that_is_no_text_is_replaced()
    {
        var labelled = Labelling.Label("""{"segments":[{"start":0,"end":2,"text":"yes nay","speaker":[1,2]}]}""", "a.json", "ann 0-1, bob 1-2");
        Assert.Equal("""{"segments":[{"start":0,"end":1,"text":"yes","speaker":"ann"},{"start":1,"end":2,"text":"nay","speaker":"bob"}]}""", labelled);
    }

    [Fact]
    public void Segments_are_split_at_the_times_of_words() => Assert.Equal(
        """
        {"text": " The caf\u00e9 is open. Is it?", "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " The caf\u00e9 is open.", "tokens": [50364, 440, 14737], "temperature": 0.0, "avg_logprob": -2.50e-1, "words": [{"word": " The", "start": 0.0, "end": 0.50, "probability": 0.9, "speaker": "ann"}, {"word": " caf\u00e9", "start": 0.50, "end": 1.10, "probability": 0.8, "speaker": "ann"}, {"word": " is", "start": 1.10, "end": 1.30, "probability": 0.8, "speaker": "ann"}, {"word": " open.", "start": 1.30, "end": 2.0, "probability": 0.8, "speaker": "ann"}], "speaker": "ann"}, {"id": 1, "seek": 0, "start": 2.60, "end": 4.0, "text": " Is it?", "tokens": [], "temperature": 0.0, "avg_logprob": -2.50e-1, "words": [{"word": " Is", "start": 2.60, "end": 3.0, "probability": 0.7, "speaker": "bob"}, {"word": " it?", "start": 3.0, "end": 4.0, "probability": 0.7, "speaker": "bob"}], "speaker": "bob"}, {"id": 2, "seek": 400, "start": 4.0, "end": 5.0, "text": " So it says.", "tokens": [], "words": [], "speaker": "ann"}], "language": "en"}
        """,
        Label(OpenAi, "ann 0-2.2, bob 2.5-4, ann 4-5"));

    [Fact]
    public void Words_without_times_lie_between_their_neighbours_and_the_list_of_all_words_agrees()
    {
        var text = Label(WhisperX, "ann 0.5-2.4, bob 3-4.3");
        var segments = Segments(text);
        Assert.Equal([("Room 12 is free.", "ann"), ("Really?", "bob")], segments.Select(s => (s.GetProperty("text").GetString(), s.GetProperty("speaker").GetString())));
        Assert.Equal(["ann", "ann", "ann", "ann"], Speakers(segments[0].GetProperty("words")));
        Assert.Equal(["bob"], Speakers(segments[1].GetProperty("words")));
        Assert.Equal(["ann", "ann", "ann", "ann", "bob"], Speakers(JsonDocument.Parse(text).RootElement.GetProperty("word_segments")));
        Assert.Contains("      \"chars\": null,\n      \"speaker\": \"ann\"\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("{ \"word\": \"12\", \"speaker\": \"ann\" }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_splitting_words_still_have_their_own_speakers()
    {
        var segment = Segments(Label(WhisperX, "ann 0.5-2.4, bob 3-4.3", new LabelOptions { Split = false }))[0];
        Assert.Equal("ann", segment.GetProperty("speaker").GetString());
        Assert.Equal(["ann", "ann", "ann", "ann", "bob"], Speakers(segment.GetProperty("words")));
    }

    [Fact]
    public void Segments_without_words_are_split_by_characters()
    {
        var segments = Segments(Label("""{"segments":[{"start":0,"end":3,"text":" aaaa aaa. bbbb"}]}""", "ann 0-2, bob 2-3"));
        Assert.Equal([(" aaaa aaa.", 0.0, 2.0), (" bbbb", 2.0, 3.0)], segments.Select(s => (s.GetProperty("text").GetString()!, s.GetProperty("start").GetDouble(), s.GetProperty("end").GetDouble())));
    }

    [Fact]
    public void A_list_beside_segments_without_words_says_when_they_are_spoken()
    {
        var segments = Segments(Label(
            """{"segments":[{"start":0,"end":10,"text":"aaaa bbbb"}],"words":[{"word":"aaaa","start":0,"end":8},{"word":"bbbb","start":8.2,"end":10}]}""", "ann 0-8, bob 8.1-10"));
        Assert.Equal([(0.0, 8.0), (8.2, 10.0)], segments.Select(s => (s.GetProperty("start").GetDouble(), s.GetProperty("end").GetDouble())));
    }

    [Fact]
    public void A_text_that_is_not_its_words_is_not_split()
    {
        var segment = Assert.Single(Segments(Label(
            """{"segments":[{"start":0,"end":3,"text":"A, B!","words":[{"word":"a","start":0,"end":1},{"word":"b","start":1,"end":3}]}]}""", "ann 0-1, bob 1-3")));
        Assert.Equal("bob", segment.GetProperty("speaker").GetString());
        Assert.Equal(["ann", "bob"], Speakers(segment.GetProperty("words")));
    }

    [Fact]
    public void A_list_of_segments_and_a_list_of_words_are_read_too()
    {
        Assert.Equal("""[{"start": 0, "end": 1, "text": "a", "speaker": "ann"}]""", Label("""[{"start": 0, "end": 1, "text": "a"}]""", "ann 0-1"));
        Assert.Equal("""{"word_segments":[{"word":"a","start":0,"end":1,"speaker":"ann"}]}""", Label("""{"word_segments":[{"word":"a","start":0,"end":1}]}""", "ann 0-1"));
    }

    [Fact]
    public void Strange_but_valid_json_survives()
    {
        // Half of a surrogate pair, a name with an escape, a number beyond any type, a speaker twice.
        const string Text = """{"segments":[{"start":0,"end":1,"text":"\ud83d a","st\u0061rt":1e999,"big":123456789012345678901234567890,"speaker":1,"speaker":null}]}""";
        Assert.Equal(Text, Label(Text, "", Labelling.Silent));
        Assert.Equal(Text.Replace("\"speaker\":null", "\"speaker\":\"ann\"", StringComparison.Ordinal), Label(Text, "ann 0-1"));
    }

    [Fact]
    public void Words_in_the_wrong_order_of_time_do_no_harm()
    {
        var segments = Segments(Label(
            """{"segments":[{"start":0,"end":3,"text":"a b c","words":[{"word":"a","start":2,"end":1},{"word":"b","start":9,"end":9.5},{"word":"c","start":0.1,"end":0.4}]}]}""", "ann 0-1, bob 1-10"));
        Assert.Equal("a b c", string.Join(' ', segments.Select(s => s.GetProperty("text").GetString())));
        Assert.All(segments, s => Assert.True(s.GetProperty("start").GetDouble() <= s.GetProperty("end").GetDouble()));
    }
}
