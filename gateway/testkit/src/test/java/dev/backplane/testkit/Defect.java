package dev.backplane.testkit;

import java.util.List;

/** What can be wrong with a store, and the tests that must notice. */
enum Defect {
  NONE,

  // preconditions
  ABSENT_IGNORED("put_when_absent_is_required_only_creates"),
  EXISTS_IGNORED("put_when_existence_is_required_only_replaces"),
  MATCHES_IGNORED("put_when_a_version_is_required_refuses_another"),
  MATCHES_CREATES("put_when_a_version_is_required_refuses_to_create"),
  MATCHES_NEVER("put_when_a_version_is_required_replaces_that_version"),
  REFUSED_PUT_WRITES(
      "put_when_absent_is_required_only_creates", "put_when_a_version_is_required_refuses_another"),
  CURRENT_IS_EMPTY("put_when_absent_is_required_only_creates"),
  CURRENT_IS_THE_NEW_ONE("put_when_a_version_is_required_refuses_another"),
  DELETE_PRECONDITION_IGNORED("delete_when_the_precondition_does_not_hold_changes_nothing"),
  DELETE_MATCHES_NEVER("delete_when_the_precondition_holds_deletes"),
  DELETE_OF_MISSING_THROWS("delete_when_the_item_is_missing_says_so_whatever_is_required"),

  // writing
  PUT_MERGES("put_when_the_item_exists_replaces_it_whole"),
  PUT_ALWAYS_CREATED("put_when_the_item_exists_replaces_it_whole"),
  PUT_ALWAYS_REPLACED("put_when_the_item_is_missing_creates_it"),
  PUT_ANSWERS_ANOTHER_VERSION(
      "put_when_the_item_is_missing_creates_it", "put_when_the_item_exists_replaces_it_whole"),
  PUT_TOUCHES_OTHERS("put_when_done_changes_no_other_item"),
  PUT_LOSES_ID_TEXT("put_when_the_body_has_the_id_field_keeps_its_text"),
  DELETE_KEEPS("delete_when_the_item_exists_removes_it"),
  DELETE_OF_MISSING_IS_DELETED("delete_when_the_item_is_missing_says_so"),
  CREATE_REPEATS_ID("create_when_called_again_gives_another_id"),
  CREATE_CHOOSES_OTHER_IDS("create_when_ids_are_random_chooses_uuids"),

  // versions
  VERSION_CONSTANT("version_when_the_body_changes_changes"),
  VERSION_IS_LENGTH("version_when_the_body_changes_changes"),
  VERSION_OF_EACH_READ("version_when_nothing_changes_stays"),
  VERSION_COUNTS_ANEW("version_when_the_item_is_made_anew_differs"),

  // concurrency
  PUT_NOT_ATOMIC(
      "put_when_many_count_up_loses_no_update",
      "put_when_many_create_one_item_lets_one_win",
      "put_when_many_replace_one_version_lets_one_win"),
  DELETE_NOT_ATOMIC("delete_when_many_delete_one_item_lets_one_win"),
  CREATE_NOT_ATOMIC("create_when_many_create_gives_each_its_own"),
  WRITES_IN_TWO_STEPS("get_when_the_item_is_being_replaced_gives_one_state"),

  // ids
  ID_TRIMMED("id_when_unusual_is_kept_exactly", "id_when_only_similar_ids_exist_is_missing"),
  ID_LOWER_CASED("id_when_unusual_is_kept_exactly", "id_when_only_similar_ids_exist_is_missing"),
  ID_PERCENT_DECODED("id_when_unusual_is_kept_exactly"),
  ID_NORMALIZED("id_when_unusual_is_kept_exactly", "id_when_only_similar_ids_exist_is_missing"),
  ID_CUT("id_when_unusual_is_kept_exactly"),
  ID_AS_NUMBER("id_when_unusual_is_kept_exactly", "id_when_only_similar_ids_exist_is_missing"),
  ID_TYPE_LOST("id_when_sent_as_a_number_stays_one"),
  ID_FIELD_LOST("id_when_sent_as_a_number_stays_one"),
  ID_LONG_CUT("id_when_very_long_or_odd_is_kept_or_refused"),

  // values
  NUMBER_ROUNDED("number_is_kept_exactly"),
  NUMBER_OF_38_DIGITS("value_when_extreme_is_kept_exactly_or_refused"),
  NULL_DROPPED("value_of_every_kind_is_kept_exactly"),
  EMPTY_TEXT_IS_NULL("value_of_every_kind_is_kept_exactly"),
  ARRAYS_ARE_SETS("value_of_every_kind_is_kept_exactly"),
  DOTS_NEST("field_name_is_kept_exactly"),

  // reading
  MISSING_IS_NULL("get_when_the_item_is_missing_is_empty"),
  GET_LOSES_A_FIELD("get_when_the_item_exists_gives_it"),
  LIST_SHOWS_ANOTHER_VERSION("list_gives_what_get_gives"),
  FIELDS_LOST("list_when_fields_are_named_keeps_them"),

  // checks
  CHECK_FAILS("check_when_the_backend_works_returns_and_changes_nothing"),
  CHECK_WRITES("check_when_the_backend_works_returns_and_changes_nothing"),

  // paging
  CURSOR_OFF_BY_ONE("list_when_paged_gives_every_item_exactly_once"),
  CURSOR_REPEATS("list_when_paged_gives_every_item_exactly_once"),
  LAST_ITEM_LOST("list_when_paged_gives_every_item_exactly_once"),
  LIMIT_IGNORED("list_when_paged_gives_every_item_exactly_once"),
  CURSOR_GARBAGE_ACCEPTED("list_when_a_cursor_is_made_up_is_refused"),
  CURSOR_GARBAGE_CRASHES("list_when_a_cursor_is_made_up_is_refused"),
  CURSOR_ONCE("list_when_a_cursor_is_used_again_gives_the_same_page"),
  CURSOR_COUNTS(
      "list_when_items_change_between_pages_keeps_the_others",
      "list_when_items_change_between_ordered_pages_keeps_the_others"),
  REPLACED_MOVES_TO_THE_END("list_when_items_change_between_pages_keeps_the_others"),
  SEQUENCE_TURNS("list_when_paged_again_has_the_same_order"),
  EMPTY_LIST_HAS_A_GHOST("list_when_the_resource_is_empty_has_no_items"),

  // filters
  FILTER_KNOWS_TEXT_ONLY("list_when_filtered_misses_no_match"),
  FILTER_KNOWS_NUMBERS_ONLY("list_when_filtered_misses_no_match"),
  FILTER_NE_NEEDS_A_VALUE("list_when_filtered_misses_no_match"),
  FILTER_NOT_WEAKENED("list_when_filtered_misses_no_match"),
  FILTER_BY_UTF16("list_when_filtered_misses_no_match"),
  FILTER_SEES_NO_ID("list_when_filtered_misses_no_match"),
  FILTER_ENDS_AT_A_PAGE("list_when_filtered_in_small_pages_misses_no_match"),

  // order
  ORDER_IGNORED(
      "list_when_ordered_by_mixed_values_is_exact_or_refused",
      "list_when_ordered_by_numbers_is_exact_or_refused",
      "list_when_ordered_by_strings_is_exact_or_refused",
      "list_when_ordered_by_several_fields_is_exact_or_refused",
      "list_when_ordered_by_the_id_field_is_exact_or_refused",
      "list_when_ordered_and_filtered_is_exact_or_refused"),
  ORDER_OF_FIRST_KEY("list_when_ordered_by_several_fields_is_exact_or_refused"),
  ORDER_BY_UTF16("list_when_ordered_by_strings_is_exact_or_refused"),
  ORDER_TIES_BY_CHANCE("list_when_ordered_by_numbers_is_exact_or_refused"),
  ORDER_REFUSED_AS_INVALID("list_when_ordered_by_numbers_is_exact_or_refused"),

  // counting
  COUNT_OFF_BY_ONE("count_when_given_is_exact"),
  COUNT_IGNORES_FILTER("count_when_filtered_is_exact"),
  ESTIMATE_NEGATIVE("estimate_when_given_is_a_number_of_items"),
  ESTIMATE_FAILS("estimate_when_given_is_a_number_of_items"),

  // reading many items at once
  BATCH_OF_A_HUNDRED("getAll_when_there_are_many_ids_gives_every_item"),
  BATCH_REPEATS(
      "getAll_gives_each_item_once_as_get_does",
      "getAll_when_items_are_missing_leaves_them_out",
      "getAll_when_ids_are_unusual_finds_them_exactly",
      "getAll_when_there_are_many_ids_gives_every_item",
      "getAll_when_an_item_was_just_written_gives_what_get_gives"),
  BATCH_SHOWS_ANOTHER_VERSION("getAll_gives_each_item_once_as_get_does"),
  BATCH_FAILS_FOR_MISSING("getAll_when_items_are_missing_leaves_them_out"),
  BATCH_INVENTS_MISSING("getAll_when_items_are_missing_leaves_them_out"),
  BATCH_TRIMS_IDS("getAll_when_ids_are_unusual_finds_them_exactly"),
  BATCH_IS_CACHED("getAll_when_an_item_was_just_written_gives_what_get_gives"),

  // putting many items at once
  PUT_ALL_OF_TWENTY_FIVE(
      "putAll_when_there_are_many_stores_every_one",
      "putAll_when_ids_are_unusual_keeps_them_exactly"),
  PUT_ALL_ANSWERS_ANOTHER_VERSION(
      "putAll_stores_each_as_put_does", "putAll_when_items_exist_replaces_them_whole"),
  PUT_ALL_MERGES("putAll_when_items_exist_replaces_them_whole"),
  PUT_ALL_TRIMS_IDS("putAll_when_ids_are_unusual_keeps_them_exactly"),
  PUT_ALL_SAYS_NOTHING_OF_THE_LAST(
      "putAll_stores_each_as_put_does",
      "putAll_when_there_are_many_stores_every_one",
      "putAll_when_items_exist_replaces_them_whole",
      "putAll_when_ids_are_unusual_keeps_them_exactly",
      "putAll_when_an_item_cannot_be_held_stores_the_others"),
  PUT_ALL_FAILS_TOGETHER("putAll_when_an_item_cannot_be_held_stores_the_others"),

  // several writes as one
  ALL_ANSWERS_ANOTHER_VERSION(
      "writeAll_when_all_can_be_done_does_each", "writeAll_when_there_are_many_does_all_or_none"),
  ALL_ANSWERS_BACKWARDS(
      "writeAll_when_all_can_be_done_does_each", "writeAll_when_there_are_many_does_all_or_none"),
  ALL_KEEPS_WHAT_IS_DELETED("writeAll_when_all_can_be_done_does_each"),
  ALL_DOES_THE_OTHERS(
      "writeAll_when_one_cannot_be_done_changes_nothing",
      "writeAll_when_several_cannot_be_done_names_each",
      "writeAll_when_an_item_cannot_be_held_changes_nothing",
      "writeAll_when_there_are_many_does_all_or_none"),
  ALL_NAMES_THE_FIRST("writeAll_when_several_cannot_be_done_names_each"),
  ALL_KNOWS_NO_CURRENT(
      "writeAll_when_one_cannot_be_done_changes_nothing",
      "writeAll_when_several_cannot_be_done_names_each",
      "writeAll_when_there_are_many_does_all_or_none"),
  ALL_DELETES_WHAT_IS_MISSING(
      "writeAll_when_one_cannot_be_done_changes_nothing",
      "writeAll_when_several_cannot_be_done_names_each"),
  ALL_THROWS_WHAT_IS_INVALID("writeAll_when_an_item_cannot_be_held_changes_nothing"),
  ALL_IN_CHUNKS("writeAll_when_there_are_many_does_all_or_none"),
  ALL_OF_NONE("writeAll_when_there_are_many_does_all_or_none"),
  ALL_ONE_AFTER_THE_OTHER(
      "writeAll_when_many_write_the_same_items_never_mixes",
      "writeAll_when_many_rely_on_one_version_lets_one_win",
      "writeAll_when_others_put_loses_no_update"),
  ALL_HAS_A_LOCK_OF_ITS_OWN("writeAll_when_others_put_loses_no_update"),

  // what a store says of its work
  WORK_CLAIMS_ALL("list_when_it_says_how_much_it_filtered_says_the_truth"),
  WORK_EXAMINED_NOTHING("list_when_it_says_how_much_it_examined_examined_what_it_returned"),
  WORK_EXAMINED_NEGATIVE("list_when_it_says_how_much_it_examined_examined_what_it_returned"),
  WORK_DETAIL_IS_TAKEN("list_when_it_gives_details_gives_such_as_a_header_can_hold"),
  WORK_DETAIL_IS_LOUD("list_when_it_gives_details_gives_such_as_a_header_can_hold"),
  WORK_DETAIL_IS_LONG("list_when_it_gives_details_gives_such_as_a_header_can_hold"),
  WORK_DETAIL_BREAKS_LINES("list_when_it_gives_details_gives_such_as_a_header_can_hold"),
  WORK_DETAILS_ARE_MANY("list_when_it_gives_details_gives_such_as_a_header_can_hold"),

  // settings and closing
  SETTINGS_ARE_REFUSED("open_when_a_setting_is_unknown_leaves_it_unread"),
  SECOND_STORE_REFUSED("close_when_done_lets_the_resource_be_opened_again");

  private final List<String> caughtBy;

  Defect(String... caughtBy) {
    this.caughtBy = List.of(caughtBy);
  }

  /** The tests that must fail. */
  List<String> caughtBy() {
    return caughtBy;
  }
}
