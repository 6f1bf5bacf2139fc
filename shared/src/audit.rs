//! 审计日志: what was done, by whom, to what, and whether it succeeded.

choices! {
    /// 审计事件
    ///
    /// Every kind of act that leaves a trace. Codes are stored for years: they may be added to, never
    /// renamed or taken away.
    AuditEvent {
        SignedIn "登录",
        SignInFailed "登录失败",
        SignedOut "退出登录",
        SignInEnded "退出一台设备",
        RefreshTokenReused "登录凭证被重复使用",
        WebTicketReused "网页登录票被重复使用",
        PasswordSet "设置密码",
        AccessDenied "越权访问被拒绝",
        SecondFactorSetUp "设置二次验证",
        SecondFactorRemoved "取消二次验证",
        SecondFactorFailed "二次验证失败",
        SteppedUp "敏感操作前再次验证",
        StepUpRefused "敏感操作前验证失败",

        InvitationMade "生成绑定邀请码",
        WechatBound "绑定微信",
        WechatReplaced "更换绑定的微信",
        BindingRefused "绑定微信失败",

        RoleGranted "授予角色",
        RoleWithdrawn "收回角色",
        RoleRefused "授予角色被拒绝",

        OrganizationAdded "新增单位",
        OrganizationEdited "修改单位",
        PostAdded "新增岗位",
        PostEdited "修改岗位",
        TeamAdded "新增班组",
        PersonAdded "新增人员",
        PersonEdited "修改人员",
        PersonMoved "人员调动",
        PersonLeft "人员离岗",
        PersonReturned "人员返岗",
        NumberRevealed "查看手机号或身份证号",
        RosterUploaded "上传名册",
        RosterCorrected "改正名册",
        RosterRechecked "重新检查名册",
        RosterApplied "写入名册",
        RosterDownloaded "下载名册",

        CourseCreated "新建课程",
        CourseEdited "修改课程",
        CoursePublished "发布课程",
        CourseRetired "停用课程",
        CourseAssigned "布置必学课程",
        ChapterAdded "新增章节",
        ChapterEdited "修改章节",
        ChapterRemoved "删除章节",
        LessonAdded "新增课时",
        LessonEdited "修改课时",
        LessonRemoved "删除课时",
        MediaUploaded "上传媒体文件",

        QuizSaved "保存测验",
        QuizPublished "发布测验",
        AttemptStarted "开始答题",
        AttemptTakenOver "换设备答题",
        AttemptSubmitted "交卷",

        SessionCreated "新建实训场次",
        SessionEdited "修改实训场次",
        SessionCancelled "取消实训场次",
        Enrolled "报名",
        EnrolledByAnother "代人报名",
        EnrollmentCancelled "取消报名",
        CheckedIn "签到",
        CheckedInByHand "讲师补签",

        ReportRead "查看学习报表",
        ReportExported "导出学习报表",

        DemoFilled "填充示例数据",
        ServerStarted "服务启动",

        AuditRead "查看审计日志",
        AuditExported "导出审计日志",
    }

    /// 结果
    AuditOutcome { Done "成功", Refused "被拒绝" }

    /// 对象类别
    AuditObjectKind {
        Person "人员",
        SignIn "登录",
        Organization "单位",
        Post "岗位",
        Team "班组",
        RosterImport "名册导入",
        Course "课程",
        Chapter "章节",
        Lesson "课时",
        Media "媒体文件",
        Quiz "测验",
        Attempt "答卷",
        TrainingSession "实训场次",
        AuditLog "审计日志",
        Route "接口",
        Installation "系统",
    }
}
