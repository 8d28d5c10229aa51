//! Photos and scans of a case.

texts! {
    title = "照片" / "Photos";
    count(count: usize) = "{count} 张" / "{count}";
    which_material = "这张照片是哪样材料" / "Which material it shows";
    no_material = "不分材料" / "No material";
    add = "加照片" / "Add photos";
    drop_here = "照片拖到这里，或按 Ctrl V 粘贴" / "Drop photos here, or paste with Ctrl V";
    not_here = "还没传到本机" / "not here yet";
    save_as = "存成文件" / "Save to a file";
    pdf = "这是一份 PDF 扫描件。存成文件，再用看 PDF 的程序打开。" / "A PDF scan: save it and open it with a viewer.";
    saved = "存好了：" / "Saved: ";

    edit = "存之前看一看" / "Before it is kept";
    more(count: usize) = "后面还有 {count} 张" / "{count} more";
    turn = "转一转" / "Turn";
    crop_says = "拖一个框，只留框里的；或点下面的边裁一点。" / "Draw a box to keep what is in it, or trim the sides.";
    top = "上边" / "Top";
    bottom = "下边" / "Bottom";
    left = "左边" / "Left";
    right = "右边" / "Right";
    whole = "不裁了" / "Uncrop";
    keep = "存下" / "Keep";
    keep_all(count: usize) = "{count} 张都存下" / "Keep all {count}";
    not_this = "不要这张" / "Not this one";
    unreadable = "这张照片打不开。换一张，或重新拍。" / "This photo can't be opened.";
    picture = "要存的照片" / "The photo to be kept";

    by_camera = "拍照" / "Camera";
    camera = "用摄像头拍" / "With the camera";
    camera_sees = "摄像头看到的" / "What the camera sees";
    camera_how = "纸放平，四个角都要在画面里，字看得清再拍。一样材料有几页，就一页一页拍。" / "Lay the paper flat, all four corners in the picture. One photo a page.";
    camera_opens = "正在打开摄像头……" / "Opening the camera …";
    camera_missing = "没有找到摄像头。插上再点一次“拍照”，或用手机拍好，存到 U 盘上再加进来。" / "No camera was found. Plug one in, or bring photos on a stick.";
    camera_forbidden = "系统不让这个程序用摄像头。请在系统设置里允许，或用手机拍好再加进来。" / "The system doesn't let this program use the camera.";
    camera_busy = "摄像头正被别的程序用着。关掉那个程序，再点一次“拍照”。" / "Another program is using the camera. Close it and try again.";
    camera_fails = "摄像头打不开。用手机拍好，存到 U 盘上再加进来。" / "The camera can't be opened. Bring photos on a stick.";
    camera_close = "不拍了" / "Close";
    camera_look = "拍好了，看一看" / "Done, look at them";
    taken_count(count: usize) = "拍了 {count} 张" / "{count} taken";
    shutter = "拍这一页" / "Take this page";

    scanner = "扫描仪" / "Scanner";
    folder = "扫描仪把文件存在哪个文件夹" / "The folder that the scanner writes to";
    folder_set = "就用这个文件夹" / "Use this folder";
    change_folder = "换文件夹" / "Another folder";
    away = "这个文件夹现在打不开。插好再看，或换一个。" / "The folder can't be opened now.";
    nothing = "文件夹里还没有照片或扫描件。扫好了会列在这里，点“取”才存。" / "Nothing there yet. Scans are listed here and kept only when taken.";
    take = "取" / "Take";
    taken = "取过了" / "taken";
}
