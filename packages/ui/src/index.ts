/** The door of @recreio/ui: what people see. Props are view models; times are ms since the epoch; words come from the language in use. */
export {
  changeLanguage,
  chooseLanguage,
  knownLanguage,
  languageNames,
  languages,
  speak,
  type Language,
} from './i18n/languages.ts';
export { agoTime, clockTime, dayName, fullTime, nearTime, type Zone } from './i18n/dates.ts';
export { When } from './i18n/When.tsx';
export { foldText, listWords, matchesText } from './i18n/fold.ts';
export { forgetEmojis } from './emoji/recent.ts';
export { runnable } from './runnable.ts';
export { Icon } from './icons/Icon.tsx';
export type { IconName } from './icons/drawings.ts';
export { Markdown, type MentionView } from './markdown/Markdown.tsx';
export { plainText } from './markdown/parse.ts';
export { Button, IconButton } from './controls/Button.tsx';
export { Confirm, Dialog } from './controls/Dialog.tsx';
export { Chalk, Empty, ListSkeleton, NotFound, TalkSkeleton, Trouble } from './controls/Empty.tsx';
export { Chips, Choice, Segments } from './controls/Choices.tsx';
export { useTakenOff } from './controls/taken-off.ts';
export { Check, SearchField, SelectField, Switch, TextArea, TextField } from './controls/Field.tsx';
export { NameDialog } from './controls/NameDialog.tsx';
export { ZoneDialog } from './accounts/ZoneDialog.tsx';
export { Menu, type MenuItem } from './controls/Menu.tsx';
export { Banner, ConnectionBanner, Toasts, type ConnectionView, type ToastView } from './controls/Notice.tsx';
export { Avatar, GroupAvatar, RoleTag } from './people/Avatar.tsx';
export {
  isStaff,
  presenceWord,
  roleWord,
  shortName,
  type PersonView,
  type Presence,
  type RoleName,
} from './people/person.ts';
export { Wall, type WallView } from './people/Wall.tsx';
export { AskedList } from './people/AskedList.tsx';
export { AskingCard, type AskingAnswer, type AskingView } from './people/AskingCard.tsx';
export { GatherPeople } from './people/GatherPeople.tsx';
export { MembersPanel, type MemberPowers, type MemberView } from './people/MembersPanel.tsx';
export { RestrictDialog } from './people/RestrictDialog.tsx';
export { RoleDialog } from './people/RoleDialog.tsx';
export { FindPerson } from './people/FindPerson.tsx';
export { ShortcutSheet } from './keys/ShortcutSheet.tsx';
export { Switcher, type SwitchPlace, type SwitchShelf } from './keys/Switcher.tsx';
export {
  kindWords,
  peopleWords,
  roomRoleWords,
  type LeafColour,
  type LeafView,
  type RoomKindName,
  type RoomRoleName,
} from './rooms/room.ts';
export { Leaf } from './rooms/Leaf.tsx';
export { UnreadBadge } from './rooms/Badges.tsx';
export { DirectHead, RoomHead } from './rooms/RoomHead.tsx';
export { type InvitationDraft, Invitations, type InvitationView } from './rooms/Invitations.tsx';
export { RoomDialog } from './rooms/RoomDialog.tsx';
export {
  blankRoom,
  type CategoryOption,
  type CourseOption,
  isComplete,
  type RoomDraft,
  RoomFields,
  tidyRoom,
} from './rooms/RoomFields.tsx';
export { RoomRules } from './rooms/RoomRules.tsx';
export { Sidebar, type SidebarDoor, type SidebarGroup, type SidebarRoom } from './sidebar/Sidebar.tsx';
export { type ConfirmedView, NoticeDialog } from './notifications/NoticeDialog.tsx';
export { NoticesToConfirm, type NoticeView } from './notifications/NoticesToConfirm.tsx';
export { CATCH_UP_HEADING, CatchUp, type CatchUpView } from './notifications/CatchUp.tsx';
export { roundKeys } from './notifications/round-keys.ts';
export { type NoticeState, NoticeStrip } from './notifications/NoticeStrip.tsx';
export { Keywords } from './notifications/Keywords.tsx';
export { type MailPaceChoice, MailPaces } from './notifications/MailPaces.tsx';
export { type PushDeviceView, PushDevices, type PushState } from './notifications/PushDevices.tsx';
export { type InboxEntryView, InboxList, type InboxReason } from './notifications/InboxList.tsx';
export { type LevelChoice, TuneDialog } from './notifications/TuneDialog.tsx';
export {
  DoNotDisturb,
  HoursFields,
  hoursWords,
  type QuietChoice,
  QuietHoursSettings,
  type QuietHoursView,
} from './notifications/CalmSettings.tsx';
export { SideFoot, type Density, type Theme } from './sidebar/SideFoot.tsx';
export { Announcer } from './messages/Announcer.tsx';
export { ForwardDialog, type ForwardPlace } from './messages/ForwardDialog.tsx';
export { Message } from './messages/Message.tsx';
export { Forwarded, type ForwardedView } from './messages/Forwarded.tsx';
export { ThreadCards, type SaidView, type ThreadCardView } from './messages/ThreadCards.tsx';
export { SavedCards, type SavedCardView } from './messages/SavedCards.tsx';
export { textOf } from './messages/copying.ts';
export { AskRemoveAll, PickBar } from './messages/PickBar.tsx';
export { mostPicked, type Picking, usePicking } from './messages/picking.ts';
export { ThreadPanel } from './messages/ThreadPanel.tsx';
export { DateDialog } from './board/DateDialog.tsx';
export { PastDialog, type RevisionView } from './board/PastDialog.tsx';
export { type ListedMessage, MessageList, PinsDialog } from './board/PinsDialog.tsx';
export { PinStrip, type PinView } from './board/PinStrip.tsx';
export { type OwnLinks, Reachable, Spoken, WithinSchool } from './markdown/reach.ts';
export { readMs } from './messages/reading.ts';
export { TalkList, type TalkCallbacks } from './messages/TalkList.tsx';
export type {
  Delivery,
  HoleView,
  MessagePowers,
  MessageView,
  NoteView,
  QuoteView,
  ReactionView,
  RepliesView,
  TalkItem,
} from './messages/talk.ts';
export type { AnnounceMode } from './messages/words.ts';
export { commandKey } from './composer/enter.ts';
export type { PlaceView } from './composer/references.ts';
export { CallAllDialog } from './composer/CallAllDialog.tsx';
export { Composer, type ComposerHandle, type ComposerMode } from './composer/Composer.tsx';
export { DraftOffer } from './composer/DraftOffer.tsx';
export { ComposerDock, LockedComposer, TypingLine } from './composer/ComposerDock.tsx';
export type { Lock } from './composer/lock.ts';
export {
  Directory,
  RoomCard,
  type DirectoryFilter,
  type RoomCardView,
  type ShelfView,
} from './directory/Directory.tsx';
export { Door, DoorFoot } from './accounts/Door.tsx';
export { ForgotPassword } from './accounts/ForgotPassword.tsx';
export { RedeemLink, type NewAccount } from './accounts/RedeemLink.tsx';
export { ProveDialog, type ProofWays } from './accounts/ProveDialog.tsx';
export { RecoveryCodesDialog, TotpDialog } from './accounts/TotpDialogs.tsx';
export { SignIn, type DemoPerson } from './accounts/SignIn.tsx';
export { AskToJoin } from './accounts/AskToJoin.tsx';
export { JoinAsks, type JoinAskView } from './accounts/JoinAsks.tsx';
export { PasswordDialog, Sessions, type SessionView } from './accounts/Sessions.tsx';
export { OneTimeLink, OneTimeLinkDialog, type OneTimeLinkView } from './accounts/OneTimeLink.tsx';
export {
  everybody,
  PeopleAdmin,
  type PeopleFilter,
  schoolRoles,
  schoolRoleWord,
  type AccountView,
  type SchoolRole,
} from './accounts/PeopleAdmin.tsx';
export {
  DisableDialog,
  EnableDialog,
  PersonDialog,
  ResetFactorsDialog,
  type PersonDraft,
} from './accounts/PersonDialogs.tsx';
export { ImportPeople, type ImportReason, type ImportResult, type ImportStep } from './accounts/ImportPeople.tsx';
export { CourseDialog, type CourseDraft } from './courses/CourseDialog.tsx';
export { courseFacts, CoursesList, type CoursesFilter, type CourseView } from './courses/CoursesList.tsx';
export { type Candidate, EnrolDialog } from './courses/EnrolDialog.tsx';
export { EnrolledList, type EnrolledView } from './courses/EnrolledList.tsx';
export { OutsideList, type OutsideView } from './courses/OutsideList.tsx';
export { LessonsList, type LessonView } from './courses/LessonsList.tsx';
export { AdminSections, type AdminSection } from './school/AdminSections.tsx';
export { HealthView, type InstallationView } from './school/HealthView.tsx';
export { RoomsAdmin, type RoomRecordView, type RoomsFilter } from './school/RoomsAdmin.tsx';
export { SchoolSettings, type SchoolDraft } from './school/SchoolSettings.tsx';
export { accentSheet } from './theme/accent.ts';
export { Link, Navigate } from './layout/Link.tsx';
export { Page, Panel, RoomMain, Shell, type ShellView, type TabDoor } from './layout/Shell.tsx';
export { useAtMost, widths } from './layout/width.ts';
export { Wordmark } from './layout/Wordmark.tsx';
